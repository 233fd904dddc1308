// SPDX-License-Identifier: Apache-2.0
import Events

/// An opened input and where its records end, in the way of its format.
enum InputFramer {
    case lines(LineFramer, TextStream)
    case documents(JSONDocumentFramer, TextStream)
    case chunks(EVTXChunkCutter)
    /// Cuts nothing: there is nothing, or it cannot be read.
    case nothing

    /// Takes text, before which `skipped` lines are gone; what can have no records is told.
    init(
        _ content: InputContent, _ stream: TextStream, path: String, limits: InputLimits, evtx: EVTXOptions,
        skipped: UInt64, report: inout ReadReport
    ) {
        switch content.handling.framing {
        case .lines: self = .lines(LineFramer(limits: limits, skipped: skipped), stream)
        case .eventXML: self = .lines(LineFramer(.eventEnd, limits: limits), stream)
        case .documents: self = .documents(JSONDocumentFramer(limits: limits), stream)
        case .chunks: self = .chunks(EVTXChunkCutter(path: path, stream, evtx, &report))
        case .refused:
            report.add(.unrecognised, path: path, position: 0, "not text in any format known here")
            self = .nothing
        case .nothing: self = .nothing
        }
    }

    /// Opens a file of a format that is read from the disk without what text needs; nil for all others.
    ///
    /// `wanted` is the format it must have.
    static func open(
        path: String, wanted: Format?, evtx: EVTXOptions, report: inout ReadReport
    ) -> (InputContent, InputFramer)? {
        guard wanted == nil || wanted == .evtx, let file = EVTXFile.open(path) else { return nil }
        return (
            InputContent(format: .evtx, isBareXML: false), .chunks(EVTXChunkCutter(path: path, file, evtx, &report))
        )
    }

    /// How far into the file reading has come, in bytes of the file.
    var position: UInt64 {
        switch self {
        case .lines(_, let stream), .documents(_, let stream): stream.consumed
        case .chunks(let chunks): chunks.position
        case .nothing: 0
        }
    }

    /// Puts what comes next into the (empty) batch and the cut; false when there is nothing left.
    mutating func cut(_ batch: inout EventBatch, _ cut: inout Cut, report: inout ReadReport) -> Bool {
        let got: Bool
        // The enum gives its payload away while that is changed, so that the payload's arrays are not shared and copied.
        switch self {
        case .lines(var framer, let stream):
            self = .nothing
            var records = cut.takeRecords()
            got = framer.fill(&batch, &records, from: stream, report: &report)
            cut = .records(records)
            self = .lines(framer, stream)
        case .documents(var framer, let stream):
            self = .nothing
            var records = cut.takeRecords()
            got = framer.fill(&batch, &records, from: stream, report: &report)
            cut = .records(records)
            self = .documents(framer, stream)
        case .chunks(let chunks):
            var chunk = cut.takeChunk()
            got = chunks.cut(&chunk, &report)
            cut = .chunk(chunk)
        case .nothing: got = false
        }
        return got
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

/// An opened input and where its records end, in the way of its format.
enum InputFramer {
    case lines(LineFramer, TextStream)
    case documents(JSONDocumentFramer, TextStream)
    case chunks(EVTXChunkCutter)
    /// Cuts nothing: there is nothing, or it cannot be read.
    case nothing

    /// Takes text that stands at a place, before which `skipped` lines are gone; what can have no records is told.
    init(
        _ content: InputContent, _ stream: TextStream, path: String, limits: InputLimits, evtx: EVTXOptions,
        from place: ReadPosition, skipped: UInt64 = 0, report: inout ReadReport
    ) {
        switch content.handling.framing {
        case .lines:
            var first = place
            first.record += skipped
            self = .lines(LineFramer(.lineFeed, limits: limits, from: first), stream)
        case .eventXML: self = .lines(LineFramer(.eventEnd, limits: limits, from: place), stream)
        case .documents: self = .documents(JSONDocumentFramer(limits: limits, from: place), stream)
        case .chunks:
            let chunks = EVTXChunkCutter(path: path, stream, evtx, &report)
            chunks.skip(place.chunk)
            self = .chunks(chunks)
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
        path: String, wanted: Format?, evtx: EVTXOptions, from place: ReadPosition, report: inout ReadReport
    ) -> (InputContent, InputFramer)? {
        guard wanted == nil || wanted == .evtx, let file = EVTXFile.open(path) else { return nil }
        let chunks = EVTXChunkCutter(path: path, file, evtx, &report)
        chunks.skip(place.chunk)
        return (InputContent(format: .evtx, isBareXML: false), .chunks(chunks))
    }

    /// The text that is cut, where it is text.
    var stream: TextStream? {
        switch self {
        case .lines(_, let stream), .documents(_, let stream): stream
        case .chunks, .nothing: nil
        }
    }

    /// What was taken of the text but not handed over.
    var kept: [UInt8] {
        switch self {
        case .lines(let framer, _): framer.kept
        case .documents(let framer, _): framer.kept
        case .chunks, .nothing: []
        }
    }

    /// Where reading stands: before the first byte that was not handed over.
    var place: ReadPosition {
        var place = ReadPosition()
        switch self {
        case .lines(let framer, _): framer.note(in: &place)
        case .documents(let framer, _): framer.note(in: &place)
        case .chunks(let chunks): place.chunk = chunks.next
        case .nothing: break
        }
        if let stream {
            place.text = stream.given - UInt64(kept.count)
            (place.mark, place.isPlain) = (stream.mark, stream.isPlain)
        }
        return place
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

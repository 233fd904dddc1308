// SPDX-License-Identifier: Apache-2.0
import Events

/// Opens one input, finds out what it holds and cuts it into records, without looking further into them than to their
/// ends.
struct RecordCutter {
    private enum Framer {
        case line(LineFramer)
        case document(JSONDocumentFramer)
    }

    /// What an opened input turned out to be: all its reader needs to know.
    struct Content {
        /// Its format.
        var format: Format
        /// Whether it is event XML from its first byte on, as opposed to lines with XML in them.
        var isBareXML: Bool
        /// Seconds since the epoch of the input's last change, where there is such a thing.
        var newest: Int64?
    }

    /// The input, as the user named it; `-` is standard input.
    let path: String
    /// What the input holds; nil until it was opened.
    private(set) var content: Content?
    /// How far into the file reading has come, in bytes of the file: compressed ones where it is compressed.
    private(set) var position: UInt64 = 0
    private let wanted: Format?
    private let limits: InputLimits
    private let evtx: EVTXOptions
    private var stream: TextStream?
    private var chunks: EVTXChunkCutter?
    private var framer = Framer.line(LineFramer())
    private var ended = false

    /// Names an input; it is opened with the first cut.
    init(path: String, format: Format?, limits: InputLimits, evtx: EVTXOptions) {
        self.path = path
        self.evtx = evtx
        wanted = format
        self.limits = limits
    }

    /// Replaces the batch's content with the next records, followed by padding; false when there are none left.
    ///
    /// Of a Windows event log it is `chunk` whose content is replaced.
    mutating func cut(
        _ batch: inout EventBatch, _ records: inout [Record], _ chunk: inout EVTXChunk, report: inout ReadReport
    ) -> Bool {
        batch.removeAll()
        batch.path = path
        records.removeAll(keepingCapacity: true)
        if !ended, stream == nil, chunks == nil { start(&report) }
        if let chunks {
            let got = chunks.cut(&chunk, &report)
            position = chunks.position
            if !got { close() }
            return got
        }
        guard !ended, let stream else { return false }
        let got: Bool
        switch framer {
        // The enum gives its payload away while that is changed, so that the payload's arrays are not shared and copied.
        case .line(var framer):
            self.framer = .document(JSONDocumentFramer())
            got = framer.fill(&batch, &records, from: stream, report: &report)
            self.framer = .line(framer)
        case .document(var framer):
            self.framer = .line(LineFramer())
            got = framer.fill(&batch, &records, from: stream, report: &report)
            self.framer = .document(framer)
        }
        position = stream.consumed
        if !got { close() }
        return got
    }

    private mutating func close() {
        ended = true
        stream = nil
        chunks = nil
    }

    private mutating func start(_ report: inout ReadReport) {
        // Logs on disk need none of what text does.
        if wanted == nil || wanted == .evtx, let file = EVTXFile.open(path) {
            content = Content(format: .evtx, isBareXML: false)
            chunks = EVTXChunkCutter(path: path, file, evtx, &report)
            return
        }
        do throws(InputError) {
            let stream = try TextStream(path: path)
            var head = stream.peek(FormatDetector.window, report: &report)
            var skipped: UInt64 = 0
            // A file that was emptied under its writer begins with a hole, which reads as NUL; the log goes on behind it.
            while let lines = stream.dropBlanks() {
                skipped += lines
                head = stream.peek(FormatDetector.window, report: &report)
            }
            let found = Content(
                format: wanted ?? FormatDetector.detect(head.span),
                isBareXML: FormatDetector.isBareXML(head.span), newest: stream.modified)
            content = found
            self.stream = stream
            choose(found, skipped: skipped, &report)
        } catch {
            report.add(.unreadable, path: path, position: 0, error.message)
            close()
        }
    }

    private mutating func choose(_ content: Content, skipped: UInt64, _ report: inout ReadReport) {
        switch content.format {
        case .sysmonXML where content.isBareXML: framer = .line(LineFramer(.eventEnd, limits: limits))
        case .auditd, .sysmonXML, .text, .jsonLines:
            framer = .line(LineFramer(limits: limits, skipped: skipped))
        case .json: framer = .document(JSONDocumentFramer(limits: limits))
        case .evtx: chunks = stream.map { EVTXChunkCutter(path: path, $0, evtx, &report) }
        case .binary: refuse("not text in any format known here", &report)
        case .empty: close()
        }
    }

    private mutating func refuse(_ message: String, _ report: inout ReadReport) {
        report.add(.unrecognised, path: path, position: 0, message)
        close()
    }
}

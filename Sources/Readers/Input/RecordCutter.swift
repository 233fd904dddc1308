// SPDX-License-Identifier: Apache-2.0
import Events

/// Opens one input, finds out what it holds and cuts it into records, without looking further into them than to their
/// ends.
struct RecordCutter {
    /// The input, as the user named it; `-` is standard input.
    let path: String
    /// What the input holds; nil until it was opened.
    private(set) var content: InputContent?
    /// How far into the file reading has come, in bytes of the file: compressed ones where it is compressed.
    private(set) var position: UInt64 = 0
    private let wanted: Format?
    private let limits: InputLimits
    private let evtx: EVTXOptions
    /// Nil before the input is opened.
    private var framer: InputFramer?

    /// Names an input; it is opened with the first cut.
    init(path: String, format: Format?, limits: InputLimits, evtx: EVTXOptions) {
        self.path = path
        self.evtx = evtx
        wanted = format
        self.limits = limits
    }

    /// Replaces the batch's content, and what is cut, with the next records; false when there are none left.
    ///
    /// The batch's bytes end with padding.
    mutating func cut(_ batch: inout EventBatch, _ cut: inout Cut, report: inout ReadReport) -> Bool {
        batch.removeAll()
        batch.path = path
        var framer = self.framer.take() ?? open(&report)
        let got = framer.cut(&batch, &cut, report: &report)
        position = max(position, framer.position)
        // The file is closed with its last record.
        self.framer = got ? framer : .nothing
        return got
    }

    private mutating func open(_ report: inout ReadReport) -> InputFramer {
        if let (found, framer) = InputFramer.open(path: path, wanted: wanted, evtx: evtx, report: &report) {
            content = found
            return framer
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
            let found = InputContent(
                format: wanted ?? FormatDetector.detect(head.span),
                isBareXML: FormatDetector.isBareXML(head.span), newest: stream.modified)
            content = found
            return InputFramer(
                found, stream, path: path, limits: limits, evtx: evtx, skipped: skipped, report: &report)
        } catch {
            report.add(.unreadable, path: path, position: 0, error.message)
            return .nothing
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Events of one file or of standard input: stream, framer and reader put together.
public struct FileSource: EventSource {
    private enum Framer {
        case line(LineFramer)
        case document(JSONDocumentFramer)
    }

    private enum Reader {
        case audit(AuditReader)
        case xml(SysmonXMLReader)
        case json(JSONReader)
        case text(SyslogReader)
    }

    /// The input, as the user named it; `-` is standard input.
    public let path: String
    /// What was read so far.
    public private(set) var report = ReadReport()
    /// What the input holds; nil until the first batch.
    public private(set) var format: Format?
    /// How far into the file reading has come, in bytes of the file: compressed ones where it is compressed.
    public private(set) var position: UInt64 = 0
    private let wanted: Format?
    private let limits: InputLimits
    private let vocabulary: Vocabulary
    private let logSource: LogSource?
    private let evtx: EVTXOptions
    private let readers: ReaderPool?
    private var stream: TextStream?
    private var framer = Framer.line(LineFramer())
    private var reader: Reader?
    private var log: EVTXLog?
    private var records: [Record] = []
    private var ended = false

    /// Names an input; it is opened with the first batch.
    ///
    /// `format` is taken as given when it is not nil. `logSource` is for formats that do not tell their own: plain text
    /// and JSON. With `readers` what one file's reader learnt serves the next one.
    public init(
        path: String, format: Format? = nil, limits: InputLimits = InputLimits(), vocabulary: Vocabulary,
        logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions(), readers: ReaderPool? = nil
    ) {
        self.path = path
        wanted = format
        self.limits = limits
        self.vocabulary = vocabulary
        self.logSource = logSource
        self.evtx = evtx
        self.readers = readers
    }

    /// Replaces the batch's content with the next events; false when there are none left.
    public mutating func next(_ batch: inout EventBatch) -> Bool {
        if !ended, stream == nil, log == nil { start() }
        while !ended {
            if let log {
                if log.next(&batch, &report) {
                    position = log.position
                    return true
                }
                ended = true
                stream = nil
                break
            }
            batch.removeAll()
            batch.path = path
            guard let stream else { break }
            let got: Bool
            switch framer {
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
            let before = report
            if got { read(&batch) } else { finish(&batch) }
            // Readers need not count what is counted here for all formats alike.
            report.records = before.records + UInt64(records.count)
            report.events = before.events + UInt64(batch.events.count)
            if !batch.events.isEmpty { return true }
        }
        batch.removeAll()
        return false
    }

    private mutating func start() {
        // Logs on disk need none of what text does.
        if wanted == nil || wanted == .evtx, let file = EVTXFile.open(path) {
            format = .evtx
            log = EVTXLog(path: path, file, readers ?? ReaderPool(vocabulary), evtx, &report)
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
            let found = wanted ?? FormatDetector.detect(head.span)
            format = found
            self.stream = stream
            choose(found, isBareXML: FormatDetector.isBareXML(head.span), newest: stream.modified, skipped: skipped)
        } catch {
            report.add(.unreadable, path: path, position: 0, error.message)
            ended = true
        }
    }

    private mutating func choose(_ format: Format, isBareXML: Bool, newest: Int64?, skipped: UInt64) {
        framer = .line(LineFramer(limits: limits, skipped: skipped))
        switch format {
        case .auditd: reader = .audit(AuditReader(vocabulary: vocabulary))
        case .sysmonXML where isBareXML:
            framer = .line(LineFramer(.eventEnd, limits: limits))
            reader = .xml(SysmonXMLReader(vocabulary: vocabulary))
        case .sysmonXML, .text:
            reader = .text(
                SyslogReader(vocabulary: vocabulary, newest: newest ?? Int64(time(nil)), logSource: logSource))
        case .jsonLines:
            reader = .json(JSONReader(vocabulary: vocabulary, options: JSONReaderOptions(logSource: logSource)))
        case .json:
            framer = .document(JSONDocumentFramer(limits: limits))
            reader = .json(JSONReader(vocabulary: vocabulary, options: JSONReaderOptions(logSource: logSource)))
        case .evtx:
            log = stream.map { EVTXLog(path: path, $0, readers ?? ReaderPool(vocabulary), evtx, &report) }
        case .binary: refuse("not text in any format known here")
        case .empty: ended = true
        }
    }

    private mutating func refuse(_ message: String) {
        report.add(.unrecognised, path: path, position: 0, message)
        ended = true
    }

    private mutating func read(_ batch: inout EventBatch) {
        guard let taken = reader else { return }
        // The enum is emptied while its payload is changed, so that the payload's arrays are not shared and copied.
        reader = nil
        switch taken {
        case .audit(var reader):
            reader.read(records, into: &batch, report: &report)
            self.reader = .audit(reader)
        case .xml(var reader):
            reader.read(records, into: &batch, report: &report)
            self.reader = .xml(reader)
        case .json(var reader):
            reader.read(records, into: &batch, report: &report)
            self.reader = .json(reader)
        case .text(var reader):
            reader.read(records, into: &batch, report: &report)
            self.reader = .text(reader)
        }
    }

    private mutating func finish(_ batch: inout EventBatch) {
        ended = true
        stream = nil
        guard let taken = reader else { return }
        reader = nil
        switch taken {
        case .audit(var reader): reader.finish(into: &batch, report: &report)
        case .xml(var reader): reader.finish(into: &batch, report: &report)
        case .json(var reader): reader.finish(into: &batch, report: &report)
        case .text(var reader): reader.finish(into: &batch, report: &report)
        }
    }
}

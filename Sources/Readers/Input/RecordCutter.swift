// SPDX-License-Identifier: Apache-2.0
import Events

/// Opens one input, finds out what it holds and cuts it into records, without looking further into them than to their
/// ends.
struct RecordCutter {
    /// How an input is cut.
    struct Options {
        /// What it is said to be; nil to find out.
        var format: Format?
        /// What it turned out to be before, or what came before it in the same log; nil to find out.
        var content: InputContent?
        var limits = InputLimits()
        var evtx = EVTXOptions()
        /// Where to begin.
        var place = ReadPosition()
        /// Whether it may grow; see `ByteStream.isOpenEnded`.
        var isOpenEnded = false
    }

    /// The input, as the user named it; `-` is standard input.
    let path: String
    /// What the input holds; nil until it was opened.
    private(set) var content: InputContent?
    /// How far into the file reading has come, in bytes of the file: compressed ones where it is compressed.
    private(set) var position: UInt64 = 0
    private let options: Options
    private let openable: String
    /// Nil before it is known what the input holds.
    private var framer: InputFramer?
    /// An open input of which too little has come to tell what it holds.
    private var undecided: TextStream?
    /// How many lines before the first record were passed over.
    private var skipped: UInt64 = 0
    /// Where reading stands: before the first byte that was not handed over.
    var place: ReadPosition { framer?.place ?? lastPlace }
    private var lastPlace: ReadPosition
    private var isClosed = false

    /// Names an input; it is opened with the first cut, at `openable` when it lies elsewhere by now.
    init(path: String, openable: String? = nil, options: Options) {
        self.path = path
        self.openable = openable ?? path
        self.options = options
        lastPlace = options.place
        position = options.place.offset
    }

    /// Takes an input that is open; `pending` was read of it but not handed over.
    init(path: String, _ file: FileDescriptor, after pending: [UInt8] = [], options: Options) throws(InputError) {
        self.init(path: path, options: options)
        undecided = try Self.stream(file, path, after: pending, options)
    }

    private static func stream(
        _ file: FileDescriptor, _ path: String, after pending: [UInt8] = [], _ options: Options
    ) throws(InputError) -> TextStream {
        let place = options.place
        let stream =
            place.isPlain && place.text > 0 && !file.isPipe
            ? try ByteStream(file, path: path, from: place.offset) : ByteStream(file, path: path, after: pending)
        stream.isOpenEnded = options.isOpenEnded
        return TextStream(stream, path: path, from: place)
    }

    /// Replaces the batch's content, and what is cut, with the next records; false when there are none left, or, of an
    /// input that may grow, none now.
    ///
    /// The batch's bytes end with padding.
    mutating func cut(_ batch: inout EventBatch, _ cut: inout Cut, report: inout ReadReport) -> Bool {
        batch.removeAll()
        batch.path = path
        guard !isClosed else { return false }
        guard var framer = self.framer.take() ?? open(&report) else { return false }
        let got = framer.cut(&batch, &cut, report: &report)
        position = max(position, framer.position)
        // The file is closed with its last record.
        if got || framer.stream?.isOpenEnded == true {
            self.framer = framer
        } else if !isClosed {
            isClosed = true
            lastPlace = framer.place
        }
        return got
    }

    /// What was read of the text but not handed over.
    var kept: [UInt8] { framer?.kept ?? undecided?.rest ?? [] }

    /// Whether a pipe has been closed by all who wrote into it.
    var isPipeClosed: Bool { stream?.isPipeClosed ?? true }
    private var stream: TextStream? { framer?.stream ?? undecided }

    /// From now on the input's end is its end: what there is of a record is given as it is.
    ///
    /// Nothing is read behind a place in the file.
    func endGrowing(at limit: UInt64) { stream?.endGrowing(at: limit) }

    /// Opens the input and finds out what it holds; nil when that cannot be told as yet.
    private mutating func open(_ report: inout ReadReport) -> InputFramer? {
        if let undecided {
            let framer = begin(undecided, &report)
            if framer != nil { self.undecided = nil }
            return framer
        }
        if let (found, framer) = InputFramer.open(
            path: openable, wanted: options.format, evtx: options.evtx, from: options.place, report: &report)
        {
            content = found
            return framer
        }
        do throws(InputError) {
            let stream = try Self.stream(try FileDescriptor(path: openable), path, options)
            return begin(stream, &report) ?? .nothing
        } catch {
            report.add(.unreadable, path: path, position: 0, error.message)
            return .nothing
        }
    }

    /// Finds out what text holds; nil when that cannot be told as yet.
    private mutating func begin(_ stream: TextStream, _ report: inout ReadReport) -> InputFramer? {
        var known = options.content
        if options.place.text == 0 {
            var head = stream.peek(FormatDetector.window, report: &report)
            // A file that was emptied under its writer begins with a hole, which reads as NUL; the log goes on behind it.
            while let lines = stream.dropBlanks() {
                skipped += lines
                head = stream.peek(FormatDetector.window, report: &report)
            }
            if known == nil {
                if stream.isOpenEnded, !FormatDetector.isDecisive(head.span) { return nil }
                let found =
                    stream.isOpenEnded ? FormatDetector.detectBeginning(head.span) : FormatDetector.detect(head.span)
                known = InputContent(
                    format: options.format ?? found,
                    isBareXML: FormatDetector.isBareXML(head.span))
            }
        }
        guard var content = known else { return nil }
        content.newest = stream.modified
        self.content = content
        return InputFramer(
            content, stream, path: path, limits: options.limits, evtx: options.evtx, from: options.place,
            skipped: skipped, report: &report)
    }
}

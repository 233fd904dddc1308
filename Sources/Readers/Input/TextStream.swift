// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The text of one input as UTF-8: decompressed, byte order mark removed, UTF-16 converted; with a look ahead.
final class TextStream {
    private let stream: ByteStream
    private let path: String
    private var utf16: UTF16Decoder?
    /// Text looked at but not yet taken.
    private var ahead: [UInt8] = []
    private var taken = 0
    private var raw: [UInt8] = []
    private var started = false
    /// How many bytes of text were taken, blanks before the first record included.
    private(set) var given: UInt64 = 0
    /// Bytes of a byte order mark that are no text, in the file before it.
    private(set) var mark: UInt64 = 0
    /// Whether the text is the file's bytes as they are.
    var isPlain: Bool { !isConverted && stream.isPlain }
    private var isConverted = false
    /// Whether the input may grow: its end is then the end for now.
    var isOpenEnded: Bool {
        get { stream.isOpenEnded }
        set { stream.isOpenEnded = newValue }
    }
    /// Whether a pipe has been closed by all who wrote into it.
    var isPipeClosed: Bool { stream.isPipeClosed }

    /// Reads what a stream gives, from a place in its text.
    ///
    /// The stream of a plain file begins at the place, that of others at the start; what is passed over is not reported.
    init(_ stream: ByteStream, path: String, from position: ReadPosition = ReadPosition()) {
        self.stream = stream
        self.path = path
        guard position.text > 0 else { return }
        if position.isPlain {
            started = true
            (given, mark) = (position.text, position.mark)
            return
        }
        var passed: [UInt8] = []
        var unheard = ReadReport()
        while given < position.text {
            passed.removeAll(keepingCapacity: true)
            let most = Int(clamping: min(position.text - given, 1 << 16))
            if read(onto: &passed, atMost: most, report: &unheard) == 0 { break }
        }
    }

    /// The input's end is its end, and nothing is read behind a place in the file; what was read may still be given.
    func endGrowing(at limit: UInt64) {
        stream.isOpenEnded = false
        stream.limit = limit
    }

    /// Reads bytes that are in memory.
    init(bytes: [UInt8]) {
        stream = ByteStream(bytes: bytes)
        path = ""
    }

    /// Seconds since the epoch of the last change, where there is such a thing.
    var modified: Int64? { stream.modified }

    /// Bytes taken from the file itself, before decompression.
    var consumed: UInt64 { stream.consumed }

    /// What was looked at but not taken.
    var rest: [UInt8] { Array(ahead[taken...]) }

    /// Shows the text's first bytes, up to `count`, without taking them; call before the first `read`.
    func peek(_ count: Int, report: inout ReadReport) -> [UInt8] {
        while ahead.count < count, refill(&report, count - ahead.count) {}
        return ahead
    }

    /// Drops the blanks and NUL at the start of what `peek` showed, when that starts with NUL or holds nothing else; gives
    /// how many lines end in them, nil when nothing was dropped.
    func dropBlanks() -> UInt64? {
        let isBlank = FormatDetector.isBlank(ahead.span)
        guard isBlank || ahead.first == 0, !ahead.isEmpty else { return nil }
        var end = isBlank ? ahead.count : 0
        while end < ahead.count, FormatDetector.isBlank(ahead[end]) { end &+= 1 }
        var lines: UInt64 = 0
        var from = 0
        while let hit = find(UInt8(ascii: "\n"), in: ahead, from: from), hit < end {
            lines += 1
            from = hit + 1
        }
        ahead.removeSubrange(..<end)
        given += UInt64(end)
        return lines
    }

    /// Appends up to about `count` bytes; gives how many, 0 at the end.
    func read(onto bytes: inout [UInt8], atMost count: Int, report: inout ReadReport) -> Int {
        if taken == ahead.count {
            ahead.removeAll(keepingCapacity: true)
            taken = 0
            if started, utf16 == nil {
                let got = stream.read(onto: &bytes, atMost: count, report: &report)
                given += UInt64(got)
                return got
            }
            while ahead.isEmpty { if !refill(&report, count) { return 0 } }
        }
        let some = min(count, ahead.count - taken)
        bytes.append(contentsOf: ahead[taken..<taken + some])
        taken += some
        given += UInt64(some)
        if taken == ahead.count, utf16 == nil { ahead = [] }
        if ahead.isEmpty { taken = 0 }
        return some
    }

    /// Fetches more text into `ahead`; false at the end.
    private func refill(_ report: inout ReadReport, _ count: Int) -> Bool {
        if !started {
            started = true
            // The mark is at most three bytes, but a pipe may give them one by one.
            while ahead.count < 3, stream.read(onto: &ahead, atMost: max(count, 3), report: &report) > 0 {}
            if ahead.starts(with: [0xEF, 0xBB, 0xBF]) {
                ahead.removeFirst(3)
                mark = 3
            } else if ahead.starts(with: [0xFF, 0xFE]) || ahead.starts(with: [0xFE, 0xFF]) {
                var decoder = UTF16Decoder(isBigEndian: ahead[0] == 0xFE)
                raw = Array(ahead[2...])
                ahead.removeAll()
                decoder.decode(raw.span, onto: &ahead)
                utf16 = decoder
                isConverted = true
            }
            if !ahead.isEmpty { return true }
        }
        guard utf16 != nil else { return stream.read(onto: &ahead, atMost: count, report: &report) > 0 }
        raw.removeAll(keepingCapacity: true)
        let before = ahead.count
        if stream.read(onto: &raw, atMost: count, report: &report) == 0 {
            if isOpenEnded { return false }
            utf16?.finish(onto: &ahead)
            if let repaired = utf16?.repaired, repaired > 0, ahead.count > before || raw.isEmpty {
                report.add(
                    .encoding, path: path, position: 0, "\(repaired) UTF-16 units had no partner; each became U+FFFD")
            }
            utf16 = nil
            return ahead.count > before
        }
        if var decoder = utf16 {
            decoder.decode(raw.span, onto: &ahead)
            utf16 = decoder
        }
        return true
    }
}

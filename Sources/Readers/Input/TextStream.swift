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

    /// Opens an input; `-` is standard input.
    init(path: String) throws(InputError) {
        stream = try ByteStream(path: path)
        self.path = path
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
        return lines
    }

    /// Appends up to about `count` bytes; gives how many, 0 at the end.
    func read(onto bytes: inout [UInt8], atMost count: Int, report: inout ReadReport) -> Int {
        if taken == ahead.count {
            ahead.removeAll(keepingCapacity: true)
            taken = 0
            if started, utf16 == nil { return stream.read(onto: &bytes, atMost: count, report: &report) }
            while ahead.isEmpty { if !refill(&report, count) { return 0 } }
        }
        let some = min(count, ahead.count - taken)
        bytes.append(contentsOf: ahead[taken..<taken + some])
        taken += some
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
            } else if ahead.starts(with: [0xFF, 0xFE]) || ahead.starts(with: [0xFE, 0xFF]) {
                var decoder = UTF16Decoder(isBigEndian: ahead[0] == 0xFE)
                raw = Array(ahead[2...])
                ahead.removeAll()
                decoder.decode(raw.span, onto: &ahead)
                utf16 = decoder
            }
            if !ahead.isEmpty { return true }
        }
        guard utf16 != nil else { return stream.read(onto: &ahead, atMost: count, report: &report) > 0 }
        raw.removeAll(keepingCapacity: true)
        let before = ahead.count
        if stream.read(onto: &raw, atMost: count, report: &report) == 0 {
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

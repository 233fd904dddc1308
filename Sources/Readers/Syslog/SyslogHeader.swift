// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What stands before a syslog line's message: time, host, program and process id, as far as they are there.
///
/// Read are RFC 5424, RFC 3164 (`Nov 21 20:24:05 host sshd[812]: `, with or without priority) and the same with an
/// RFC 3339 time, as rsyslog and journald write it.
struct SyslogHeader {
    /// Nanoseconds since the epoch, nil when the line has no time.
    ///
    /// A time without zone is taken as UTC.
    var time: Int64?
    var host = 0..<0
    var program = 0..<0
    var process = 0..<0
    /// The message; the whole line when there is no header.
    var message: Range<Int>

    /// Reads a line; `year` is that of times without one, and `newest` the latest they can mean.
    init(_ bytes: Span<UInt8>, _ line: Range<Int>, _ clock: SyslogClock) {
        message = line
        var index = line.lowerBound
        let end = line.upperBound
        var isNew = false
        if index < end, bytes[index] == UInt8(ascii: "<"), let close = Self.priority(bytes, index, end) {
            index = close
            if index + 1 < end, bytes[index] == UInt8(ascii: "1"), bytes[index + 1] == 0x20 {
                isNew = true
                index += 2
            }
        }
        let start = index
        if let stamp = Self.word(bytes, &index, end), let read = RFC3339.nanoseconds(bytes.extracting(stamp)) {
            time = read
        } else if isNew {
            // The nil value: the time is not known.
            guard index - start == 1, bytes[start] == UInt8(ascii: "-") else { return }
        } else {
            index = start
            guard let read = clock.time(bytes, &index, end) else { return }
            time = read
        }
        if isNew { readNew(bytes, index, end) } else { readOld(bytes, index, end) }
    }

    /// `host app procid msgid [data] message` (RFC 5424, section 6).
    private mutating func readNew(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        var index = start
        guard let host = Self.word(bytes, &index, end), let program = Self.word(bytes, &index, end),
            let process = Self.word(bytes, &index, end), Self.word(bytes, &index, end) != nil
        else { return }
        self.host = Self.present(bytes, host)
        self.program = Self.present(bytes, program)
        self.process = Self.digits(bytes, Self.present(bytes, process))
        while index < end, bytes[index] == 0x20 { index += 1 }
        if index < end, bytes[index] == UInt8(ascii: "-") {
            index += 1
        } else {
            while index < end, bytes[index] == UInt8(ascii: "[") {
                var isQuoted = false
                while index < end, isQuoted || bytes[index] != UInt8(ascii: "]") {
                    if bytes[index] == UInt8(ascii: "\\"), isQuoted {
                        index += 1
                    } else if bytes[index] == UInt8(ascii: "\"") {
                        isQuoted.toggle()
                    }
                    index += 1
                }
                index = min(end, index + 1)
            }
        }
        while index < end, bytes[index] == 0x20 { index += 1 }
        // A byte order mark says that the message is UTF-8.
        if index + 3 <= end, bytes[index] == 0xEF, bytes[index + 1] == 0xBB, bytes[index + 2] == 0xBF { index += 3 }
        message = min(index, end)..<end
    }

    /// `host program[pid]: message`.
    private mutating func readOld(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
        var index = start
        guard let host = Self.word(bytes, &index, end) else { return }
        self.host = host
        message = min(end, index + 1)..<end
        while index < end, bytes[index] == 0x20 { index += 1 }
        let tag = index
        while index < end, bytes[index] > 0x20, bytes[index] != UInt8(ascii: ":"), bytes[index] != UInt8(ascii: "[") {
            index += 1
        }
        let name = tag..<index
        var process = 0..<0
        if index < end, bytes[index] == UInt8(ascii: "[") {
            let open = index + 1
            while index < end, bytes[index] != UInt8(ascii: "]") { index += 1 }
            process = open..<index
            index = min(end, index + 1)
        }
        guard index < end, bytes[index] == UInt8(ascii: ":"), !name.isEmpty else { return }
        program = name
        self.process = Self.digits(bytes, process)
        index += 1
        while index < end, bytes[index] == 0x20 { index += 1 }
        message = index..<end
    }

    private static func priority(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int? {
        var index = start + 1
        while index < end, index - start <= 3, bytes[index] &- 0x30 < 10 { index += 1 }
        guard index > start + 1, index < end, bytes[index] == UInt8(ascii: ">") else { return nil }
        return index + 1
    }

    private static func word(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) -> Range<Int>? {
        while index < end, bytes[index] == 0x20 { index += 1 }
        let start = index
        while index < end, bytes[index] > 0x20 { index += 1 }
        return index > start ? start..<index : nil
    }

    private static func present(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Range<Int> {
        word.count == 1 && bytes[word.lowerBound] == UInt8(ascii: "-") ? word.lowerBound..<word.lowerBound : word
    }

    private static func digits(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Range<Int> {
        for index in word where bytes[index] &- 0x30 >= 10 { return 0..<0 }
        return word
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What stands before an audit record's fields: `node=… type=SYSCALL msg=audit(1364481363.243:24287): `.
///
/// Also read: the same behind a syslog header, the kernel log's `audit: type=1300 audit(…): `, and the AUOMS agent's
/// `type=AUOMS_EXECVE audit(…): `.
struct AuditHeader {
    /// Bytes of the kind.
    var type: Range<Int>
    /// Bytes of the host, empty when the record names none.
    var node: Range<Int>
    /// Time of the event in nanoseconds since the epoch; `Int64.min` when it does not fit.
    var time: Int64
    /// Number of the event, together with the time.
    var serial: UInt64
    /// Where the fields begin.
    var body: Int

    /// How a line fails to have a header.
    enum Failure: Error {
        /// It has none.
        case absent
        /// It ends inside one.
        case cut
        /// It has one that is wrong.
        case malformed
    }

    /// Finds the header of a line.
    init(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(Failure) {
        var scan = Cursor(line)
        node = line.lowerBound..<line.lowerBound
        if !scan.skip("type=", bytes) {
            if scan.skip("node=", bytes) {
                node = scan.word(bytes)
                _ = scan.skip(" ", bytes)
            }
            if !scan.skip("type=", bytes) {
                (node, scan.index) = try Self.search(bytes, line)
            }
        }
        type = scan.word(bytes)
        guard scan.skip(" ", bytes) else { throw scan.atEnd ? .cut : .malformed }
        let named = scan.skip("msg=", bytes)
        guard scan.skip("audit(", bytes) else {
            throw scan.remaining < 6
                && (named || scan.couldBecome("msg=audit(", bytes) || scan.couldBecome("audit(", bytes))
                ? .cut : .malformed
        }
        guard !type.isEmpty, let seconds = scan.number(bytes, digits: 18).map({ Int64($0) }) else {
            throw scan.atEnd ? .cut : .malformed
        }
        var fraction: Int64 = 0
        if scan.skip(".", bytes) {
            guard let value = scan.fraction(bytes) else { throw scan.atEnd ? .cut : .malformed }
            fraction = value
        }
        guard scan.skip(":", bytes), let number = scan.number(bytes, digits: 19) else {
            throw scan.atEnd ? .cut : .malformed
        }
        guard scan.skip(")", bytes) else { throw scan.atEnd ? .cut : .malformed }
        serial = number
        let (whole, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = whole.addingReportingOverflow(fraction)
        time = overflowed || carried ? .min : sum
        _ = scan.skip(":", bytes)
        body = scan.index
    }

    /// Looks for `type=` further on: it must be followed by one word and a stamp.
    private static func search(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(Failure) -> (Range<Int>, Int) {
        var index = line.lowerBound
        var node = index..<index
        let last = line.upperBound - 5
        while index <= last {
            guard bytes[index] == UInt8(ascii: "t") || bytes[index] == UInt8(ascii: "n"),
                index == line.lowerBound || bytes[index - 1] <= 0x20 || bytes[index - 1] == UInt8(ascii: ":")
            else {
                index += 1
                continue
            }
            var scan = Cursor(index..<line.upperBound)
            if scan.skip("node=", bytes) {
                node = scan.word(bytes)
                index = scan.index
                continue
            }
            if scan.skip("type=", bytes) {
                let start = scan.index
                let word = scan.word(bytes)
                if !word.isEmpty, scan.skip(" ", bytes) {
                    _ = scan.skip("msg=", bytes)
                    if scan.skip("audit(", bytes) { return (node, start) }
                }
            }
            index += 1
        }
        throw .absent
    }
}

extension AuditHeader {
    /// A position in a line and the few moves header parsing needs.
    private struct Cursor {
        var index: Int
        let end: Int

        init(_ range: Range<Int>) {
            index = range.lowerBound
            end = range.upperBound
        }

        var atEnd: Bool { index >= end }
        var remaining: Int { end - index }

        mutating func skip(_ literal: StaticString, _ bytes: Span<UInt8>) -> Bool {
            let count = literal.utf8CodeUnitCount
            guard index + count <= end, equalBytes(bytes.extracting(index..<index + count), literal) else {
                return false
            }
            index += count
            return true
        }

        /// Whether what is left is the beginning of a literal.
        func couldBecome(_ literal: StaticString, _ bytes: Span<UInt8>) -> Bool {
            guard end - index < literal.utf8CodeUnitCount else { return false }
            return literal.withUTF8Buffer { wanted in
                // SAFETY: the offset is smaller than what is left, which is smaller than the literal.
                for offset in 0..<end - index where unsafe bytes[index + offset] != wanted[offset] { return false }
                return true
            }
        }

        mutating func word(_ bytes: Span<UInt8>) -> Range<Int> {
            let start = index
            while index < end, bytes[index] > 0x20 { index += 1 }
            return start..<index
        }

        /// A number of at most nineteen digits.
        mutating func number(_ bytes: Span<UInt8>, digits most: Int) -> UInt64? {
            let start = index
            var value: UInt64 = 0
            while index < end, index - start < most {
                let digit = bytes[index] &- UInt8(ascii: "0")
                guard digit < 10 else { break }
                value = value &* 10 &+ UInt64(digit)
                index += 1
            }
            return index == start ? nil : value
        }

        /// Up to nine digits behind the point, as nanoseconds.
        mutating func fraction(_ bytes: Span<UInt8>) -> Int64? {
            let start = index
            var scale: Int64 = 100_000_000
            var value: Int64 = 0
            while index < end, scale > 0 {
                let digit = bytes[index] &- UInt8(ascii: "0")
                guard digit < 10 else { break }
                value += Int64(digit) * scale
                scale /= 10
                index += 1
            }
            return index == start ? nil : value
        }
    }
}

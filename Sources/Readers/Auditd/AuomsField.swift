// SPDX-License-Identifier: Apache-2.0
import Bytes

/// One `key=value` of an AUOMS record.
///
/// Unlike in audit records a bare value may hold blanks: it reaches to the next word that looks like `key=`, and for
/// command lines, whose arguments may look so too, to one of the keys the agent writes behind them.
struct AuomsField {
    var key: Range<Int>
    var value: Range<Int>
    var isQuoted = false
    /// A quoted value has no end.
    var isCut = false

    /// Reads the field at `index` and moves on; nil at the end.
    init?(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) {
        while index < end {
            while index < end, bytes[index] <= 0x20 || bytes[index] == UInt8(ascii: ":") { index += 1 }
            if let key = Self.key(bytes, index, end) {
                self.key = key
                index = key.upperBound + 1
                value = index..<index
                read(bytes, &index, end)
                return
            }
            while index < end, bytes[index] > 0x20 { index += 1 }
        }
        return nil
    }

    private mutating func read(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) {
        guard index < end else { return }
        let start = index
        switch bytes[index] {
        case UInt8(ascii: "\""):
            index += 1
            // A quote inside the value is escaped with a backslash.
            while index < end, bytes[index] != UInt8(ascii: "\"") {
                index += bytes[index] == UInt8(ascii: "\\") && index + 1 < end ? 2 : 1
            }
            isQuoted = true
            isCut = index >= end
            value = start + 1..<min(index, end)
            index = min(end, index + 1)
        case UInt8(ascii: "["):
            var list = AuomsList(start..<end)
            while list.next(bytes) != nil {}
            index = list.index
            value = start..<index
        default:
            let name = bytes.extracting(key)
            let isCommand = equalBytes(name, "proctitle") || equalBytes(name, "cmdline")
            while index < end {
                if bytes[index] == 0x20, let next = Self.key(bytes, index + 1, end),
                    !isCommand || Self.followsCommand(bytes.extracting(next))
                {
                    break
                }
                index += 1
            }
            value = start..<index
        }
    }

    /// The key at `start`, when there is one.
    private static func key(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Range<Int>? {
        var index = start
        while index < end, index - start <= 40 {
            switch bytes[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9") where index > start: break
            case UInt8(ascii: "=") where index > start: return start..<index
            default: return nil
            }
            index += 1
        }
        return nil
    }

    private static func followsCommand(_ key: Span<UInt8>) -> Bool {
        equalBytes(key, "redactors") || equalBytes(key, "containerid") || equalBytes(key, "cmdline")
            || equalBytes(key, "proctitle")
    }
}

/// The strings of an AUOMS list: `["a","b"]`.
struct AuomsList {
    /// Where reading goes on.
    private(set) var index: Int
    private let end: Int

    /// Starts before the opening bracket.
    init(_ range: Range<Int>) {
        index = range.lowerBound
        end = range.upperBound
    }

    /// The next string; nil at the closing bracket or the end.
    mutating func next(_ bytes: Span<UInt8>) -> Range<Int>? {
        while index < end, bytes[index] != UInt8(ascii: "\"") {
            index += 1
            if bytes[index - 1] == UInt8(ascii: "]") { return nil }
        }
        guard index < end else { return nil }
        index += 1
        let start = index
        while index < end, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") && index + 1 < end ? 2 : 1
        }
        let value = start..<min(index, end)
        index = min(end, index + 1)
        return value
    }
}

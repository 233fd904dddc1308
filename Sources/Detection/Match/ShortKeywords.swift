// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Keywords of a single byte, and those of up to three that are to be a value's whole text, apart from all others.
///
/// `0` stands in nearly every record, so looking for such keywords together with the others would find something in each
/// value; and once found in an event they need not be looked for again.
final class ShortKeywords {
    /// The most of them, as bits of a number.
    static let most = 16
    /// The longest, in bytes.
    static let longest = 3

    /// Which keywords may begin with a byte, and then have another as their second: 256 places each.
    let first: RawBlock<UInt16>
    let second: RawBlock<UInt16>
    /// Those of a single byte.
    let single: UInt16
    /// Those that are a value's whole text.
    let whole: UInt16
    /// The predicates, with what they look for.
    private let keywords: [(predicate: Int32, bytes: [UInt8])]

    /// All of them.
    var all: UInt16 { UInt16(truncatingIfNeeded: (1 << keywords.count) - 1) }

    /// Whether a predicate is one of them.
    func holds(_ predicate: Int32) -> Bool { keywords.contains { $0.predicate == predicate } }

    /// Takes at most `most` tests out of a list; numbers stay in it, too, for those a text does not spell like the rule.
    init(takingFrom tests: inout [(predicate: Int32, test: Test)]) {
        var taken: [(predicate: Int32, bytes: [UInt8])] = []
        var whole: UInt16 = 0
        tests.removeAll { predicate, test in
            guard taken.count < Self.most, let (bytes, isWhole) = Self.text(of: test) else { return false }
            if isWhole { whole |= 1 << UInt16(taken.count) }
            taken.append((predicate, bytes))
            if case .equalsNumber = test { return false }
            return true
        }
        keywords = taken
        self.whole = whole
        var tables = (first: [UInt16](repeating: 0, count: 256), second: [UInt16](repeating: 0, count: 256))
        var single: UInt16 = 0
        for (index, keyword) in taken.enumerated() {
            let bit: UInt16 = 1 << UInt16(index)
            for byte in Self.forms(keyword.bytes[0]) { tables.first[Int(byte)] |= bit }
            if keyword.bytes.count == 1 {
                single |= bit
                for byte in 0..<256 { tables.second[byte] |= bit }
            } else {
                for byte in Self.forms(keyword.bytes[1]) { tables.second[Int(byte)] |= bit }
            }
        }
        // Folding makes ASCII of some that is not (U+212A, the Kelvin sign): what is not ASCII may be anything.
        for byte in 0x80..<256 {
            tables.first[byte] = .max
            tables.second[byte] = .max
        }
        first = RawBlock(tables.first)
        second = RawBlock(tables.second)
        self.single = single
    }

    /// What a test looks for that is short enough, and whether as a value's whole text; nil for any other test.
    static func text(of test: Test) -> (bytes: [UInt8], isWhole: Bool)? {
        switch test {
        case .contains(let bytes) where isShort(bytes) && bytes.count == 1: (bytes, false)
        case .equals(let bytes) where isShort(bytes): (bytes, true)
        case .equalsNumber(let bytes) where isShort(bytes): (bytes, true)
        default: nil
        }
    }

    private static func isShort(_ bytes: [UInt8]) -> Bool {
        (1...longest).contains(bytes.count) && bytes.allSatisfy { $0 < 0x80 }
    }

    private static func forms(_ byte: UInt8) -> [UInt8] {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? [byte, byte & ~0x20] : [byte]
    }

    /// Which of the wanted ones a folded value holds; marks their predicates.
    func confirm(_ wanted: UInt16, in value: FoldedValue, _ truth: TruthTable) -> UInt16 {
        var found: UInt16 = 0
        for (index, keyword) in keywords.enumerated() where wanted >> UInt16(index) & 1 == 1 {
            if whole >> UInt16(index) & 1 == 1, value.count != keyword.bytes.count { continue }
            guard value.withSpan({ Self.holds($0, keyword.bytes) }) else { continue }
            truth.mark(keyword.predicate)
            found |= 1 << UInt16(index)
        }
        return found
    }

    private static func holds(_ value: Span<UInt8>, _ bytes: [UInt8]) -> Bool {
        guard value.count >= bytes.count else { return false }
        for at in 0...value.count - bytes.count where value[at] == bytes[0] {
            if bytes.indices.allSatisfy({ value[at + $0] == bytes[$0] }) { return true }
        }
        return false
    }
}

extension RouteTables {
    /// Which of the wanted short keywords may stand in a value, given as it is before folding.
    @inline(__always)
    func shortKeywords(_ wanted: UInt16, in value: Span<UInt8>) -> UInt16 {
        guard value.count > 0 else { return 0 }
        // Folding makes no value shorter than a third of what it was.
        let wanted = value.count > 3 * ShortKeywords.longest ? wanted & ~wholeShort : wanted
        var likely: UInt16 = 0
        let last = value.count &- 1
        var at = 0
        while at < last {
            // SAFETY: both tables have a place for every byte.
            likely |= unsafe firstOfShort[Int(value[unchecked: at])] & secondOfShort[Int(value[unchecked: at &+ 1])]
            at &+= 1
        }
        // Folding may make one byte of the last three.
        let byte = value[last]
        likely |= unsafe firstOfShort[Int(byte)] & (byte < 0x80 ? singleShort : .max)
        return likely & wanted
    }
}

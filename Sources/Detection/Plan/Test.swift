// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// How a number is compared.
enum Comparison: Hashable, Sendable {
    case equal, less, lessOrEqual, greater, greaterOrEqual

    func holds<Number: Comparable>(_ a: Number, _ b: Number) -> Bool {
        switch self {
        case .equal: a == b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        }
    }
}

/// One question to one value of a field, after every modifier has been applied.
enum Test: Hashable, Sendable {
    /// The folded value is exactly this.
    case equals([UInt8])
    /// The value is this number, or its decimal form as text.
    case equalsNumber([UInt8])
    /// The folded value starts with this.
    case prefix([UInt8])
    /// The folded value ends with this.
    case suffix([UInt8])
    /// The folded value contains this.
    case contains([UInt8])
    /// The folded value matches a pattern that is none of the above.
    case pattern(BytePattern)
    /// The value as it is matches.
    case cased(BytePattern)
    /// There is a value, whatever it is.
    case present
    /// The field is missing or null.
    case null
    /// The field is there, even null or empty (or is not there at all, when false).
    case exists(Bool)
    /// The value is a number that compares so.
    case number(Comparison, Double)
    /// The value is a number that compares so with a whole one.
    case integer(Comparison, Int64)
    /// A regular expression, by position in the plan's table.
    case regex(Int)
    /// An address inside a network.
    case network(Network)
    /// Another field of the event has this relation to the value.
    case reference(FieldID, Relation, cased: Bool)
    /// A part of a date.
    case datePart(DatePart, Comparison, Int64)

    /// How two fields are compared.
    enum Relation: Hashable, Sendable { case equals, prefix, suffix, contains }

    /// Tests that one look at each folded value of a field answers for all rules at once.
    var isIndexed: Bool {
        switch self {
        case .equals, .equalsNumber, .prefix, .suffix, .contains: true
        default: false
        }
    }

    /// The cheapest test for a pattern.
    init(_ pattern: BytePattern, cased: Bool) {
        if pattern.tokens == [.anything] {
            self = .present
            return
        }
        if cased {
            self = .cased(pattern)
            return
        }
        let folded = pattern.folded
        switch folded.tokens.count {
        case 0: self = .equals([])
        case 1:
            if case .literal(let bytes) = folded.tokens[0] { self = .equals(bytes) } else { self = .pattern(folded) }
        case 2:
            switch (folded.tokens[0], folded.tokens[1]) {
            case (.literal(let bytes), .anything): self = .prefix(bytes)
            case (.anything, .literal(let bytes)): self = .suffix(bytes)
            default: self = .pattern(folded)
            }
        case 3:
            switch (folded.tokens[0], folded.tokens[1], folded.tokens[2]) {
            case (.anything, .literal(let bytes), .anything): self = .contains(bytes)
            default: self = .pattern(folded)
            }
        default: self = .pattern(folded)
        }
    }
}

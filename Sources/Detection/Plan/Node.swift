// SPDX-License-Identifier: Apache-2.0
import Events

/// A step of a compiled condition.
///
/// Nodes are shared between rules: equal subtrees are one node.
enum Node: Hashable, Sendable {
    case always
    case never
    /// One predicate, by position in the plan.
    case predicate(Int32)
    case not(Int32)
    /// Children, by position in the plan.
    case and([Int32])
    case or([Int32])
    /// At least so many of the children.
    case atLeast(Int32, [Int32])

    // PERF: all children at once; what the compiler writes takes them one by one.
    func hash(into hasher: inout Hasher) {
        switch self {
        case .always: hasher.combine(0)
        case .never: hasher.combine(1)
        case .predicate(let number):
            hasher.combine(2)
            hasher.combine(number)
        case .not(let inner):
            hasher.combine(3)
            hasher.combine(inner)
        case .and(let children):
            hasher.combine(4)
            hasher.combine(all: children)
        case .or(let children):
            hasher.combine(5)
            hasher.combine(all: children)
        case .atLeast(let count, let children):
            hasher.combine(6)
            hasher.combine(count)
            hasher.combine(all: children)
        }
    }
}

/// One test on one field; equal predicates of all rules are one.
struct Predicate: Hashable, Sendable {
    /// The field's id, `keyword` for tests on every value.
    var field: UInt32
    var test: Test

    static let keyword = UInt32.max

    /// The field whose values are asked; nil for keywords, which ask every value.
    var wantedField: FieldID? { field == Self.keyword ? nil : FieldID(rawValue: field) }

    // PERF: literals as a block, and with them the field; what the compiler writes takes them byte by byte.
    func hash(into hasher: inout Hasher) {
        hasher.combine(field)
        switch test {
        case .equals(let bytes): hasher.combine(1, bytes)
        case .equalsNumber(let bytes): hasher.combine(2, bytes)
        case .prefix(let bytes): hasher.combine(3, bytes)
        case .suffix(let bytes): hasher.combine(4, bytes)
        case .contains(let bytes): hasher.combine(5, bytes)
        default: hasher.combine(test)
        }
    }
}

extension Hasher {
    /// Mixes the memory of a list in, and its length.
    fileprivate mutating func combine<Element: BitwiseCopyable>(all elements: [Element]) {
        combine(elements.count)
        // SAFETY: the buffer is only read during the call.
        unsafe elements.withUnsafeBytes { unsafe combine(bytes: $0) }
    }

    /// Mixes a kind of test and its literal in.
    fileprivate mutating func combine(_ kind: UInt8, _ bytes: [UInt8]) {
        combine(kind)
        combine(all: bytes)
    }
}

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
}

/// One test on one field; equal predicates of all rules are one.
struct Predicate: Hashable, Sendable {
    /// The field's id, `keyword` for tests on every value.
    var field: UInt32
    var test: Test

    static let keyword = UInt32.max

    /// The field whose values are asked; nil for keywords, which ask every value.
    var wantedField: FieldID? { field == Self.keyword ? nil : FieldID(rawValue: field) }
}

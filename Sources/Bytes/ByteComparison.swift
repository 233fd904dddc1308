// SPDX-License-Identifier: Apache-2.0

/// Whether two spans hold the same bytes.
@inlinable
public func equalBytes(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices where a[index] != b[index] { return false }
    return true
}

/// Whether a span holds exactly the UTF-8 of a literal.
@inlinable
public func equalBytes(_ a: Span<UInt8>, _ b: StaticString) -> Bool {
    guard a.count == b.utf8CodeUnitCount else { return false }
    return b.withUTF8Buffer { literal in
        for index in a.indices where unsafe a[index] != literal[index] { return false }
        return true
    }
}

/// Whether a span starts with the UTF-8 of a literal.
@inlinable
public func startsWith(_ a: Span<UInt8>, _ b: StaticString) -> Bool {
    guard a.count >= b.utf8CodeUnitCount else { return false }
    return equalBytes(a.extracting(0..<b.utf8CodeUnitCount), b)
}

/// Position of the first `byte` at or after `start`.
@inlinable
public func firstIndex(of byte: UInt8, in span: Span<UInt8>, from start: Int = 0) -> Int? {
    var index = start
    while index < span.count {
        if span[index] == byte { return index }
        index &+= 1
    }
    return nil
}

/// FNV-1a (Fowler, Noll, Vo), folded: good enough for tables that compare keys after a hit.
@inlinable
public func hashBytes(_ span: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in span.indices { hash = (hash ^ UInt64(span[index])) &* 0x0000_0100_0000_01B3 }
    return hash ^ (hash >> 32)
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Writes what a holder of state knows, so that it can be taken up again by another run.
///
/// The form is ours: numbers in groups of seven bits, low ones first (LEB128, as in DWARF 5, section 7.6), signed ones
/// folded so that small ones stay short, bytes and texts behind their length. There are no names of members: reader and
/// writer agree by `version`, which changes with every change of the form. Names of fields and log sources stand for the
/// numbers a run gave them: each is written once, and by its place from then on.
public struct StateWriter: ~Copyable {
    /// Changes whenever any holder writes differently.
    public static let version: UInt64 = 1

    /// What was written so far.
    public private(set) var bytes: [UInt8] = []
    private let vocabulary: Vocabulary
    private var fields: [FieldID: UInt64] = [:]
    private var sources: [LogSourceID: UInt64] = [:]
    private var shared: [String: UInt64] = [:]

    /// Starts with nothing; `vocabulary` knows the names behind the numbers.
    public init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// Writes a number.
    public mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Writes a signed number.
    public mutating func write(_ number: Int64) {
        write(UInt64(bitPattern: number << 1 ^ number >> 63))
    }

    /// Writes a count, a position, or another whole number.
    public mutating func write(_ number: Int) { write(Int64(number)) }

    /// Writes a number with a fraction, bit by bit.
    public mutating func write(_ number: Double) { write(fixed: number.bitPattern) }

    /// Writes eight bytes whatever the number: for hashes and bit patterns.
    public mutating func write(fixed number: UInt64) {
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * index))) }
    }

    /// Writes yes or no.
    public mutating func write(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    /// Writes a time.
    public mutating func write(_ time: Timestamp) { write(time.nanoseconds) }

    /// Writes bytes.
    public mutating func write(_ data: [UInt8]) { write(data.span) }

    /// Writes bytes.
    public mutating func write(_ data: Span<UInt8>) {
        write(data.count)
        bytes.append(contentsOf: data)
    }

    /// Writes text.
    public mutating func write(_ text: String) {
        let utf8 = text.utf8
        write(utf8.count)
        bytes.append(contentsOf: utf8)
    }

    /// Writes a value that may be missing.
    public mutating func write<Value>(_ value: Value?, _ body: (inout StateWriter, Value) -> Void) {
        write(value != nil)
        if let value { body(&self, value) }
    }

    /// Writes a list.
    public mutating func write<List: Collection>(
        _ list: List, _ body: (inout StateWriter, List.Element) -> Void
    ) {
        write(list.count)
        for element in list { body(&self, element) }
    }

    /// Writes the name of a field.
    public mutating func write(_ field: FieldID) {
        // What a full vocabulary does not tell apart has no name; 0 stands for it.
        if field == .overflow { return write(0 as UInt64) }
        if let place = fields[field] { return write(place) }
        fields[field] = UInt64(fields.count + 1)
        write(UInt64(fields.count))
        write(vocabulary.name(of: field))
    }

    /// Writes a log source.
    public mutating func write(_ source: LogSourceID) {
        if let place = sources[source] { return write(place) }
        sources[source] = UInt64(sources.count)
        write(UInt64(sources.count - 1))
        let named = vocabulary.source(of: source)
        for part in [named.product, named.category, named.service] { write(part) { $0.write($1) } }
    }

    /// Writes a text that is likely to come again, such as a path: in full once, by its place from then on.
    public mutating func write(shared text: String) {
        if let place = shared[text] { return write(place) }
        shared[text] = UInt64(shared.count)
        write(UInt64(shared.count - 1))
        write(text)
    }

    /// Writes a part that a reader can pass over without understanding it.
    ///
    /// Names of fields and log sources in it stand for themselves alone.
    public mutating func writePart(_ body: (inout StateWriter) -> Void) {
        let start = bytes.count
        write(fixed: 0)
        let outside = (fields, sources, shared)
        (fields, sources, shared) = ([:], [:], [:])
        body(&self)
        (fields, sources, shared) = outside
        let size = UInt64(bytes.count - start - 8)
        for index in 0..<8 { bytes[start + index] = UInt8(truncatingIfNeeded: size >> UInt64(8 * index)) }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Reads what a `StateWriter` wrote.
///
/// Bytes are not trusted: whatever they are, reading ends with a value or with `StateError.torn`, and takes no more memory
/// than the bytes themselves justify.
public struct StateReader: ~Copyable {
    private let bytes: [UInt8]
    private var next = 0
    /// Where what may be read now ends.
    private var end: Int
    private let vocabulary: Vocabulary
    private var fields: [FieldID] = []
    private var sources: [LogSourceID] = []
    private var shared: [String] = []

    /// Reads bytes; `vocabulary` gives the numbers of this run.
    public init(_ bytes: [UInt8], vocabulary: Vocabulary) {
        self.bytes = bytes
        end = bytes.count
        self.vocabulary = vocabulary
    }

    /// Whether everything was read.
    public var isAtEnd: Bool { next == end }

    /// Bytes not read yet.
    public var rest: Int { end - next }

    /// Reads a number.
    public mutating func readUInt64() throws(StateError) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try readByte()
            guard shift < 63 || byte <= 1 else { throw .torn }
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }

    /// Reads a signed number.
    public mutating func readInt64() throws(StateError) -> Int64 {
        let folded = try readUInt64()
        return Int64(bitPattern: folded >> 1) ^ -Int64(bitPattern: folded & 1)
    }

    /// Reads what something was counted to.
    ///
    /// Far from the largest number there is, so that a damaged count can go on being counted.
    public mutating func readCounter() throws(StateError) -> UInt64 {
        let count = try readUInt64()
        guard count < 1 << 62 else { throw .torn }
        return count
    }

    /// Reads a whole number.
    public mutating func readInt() throws(StateError) -> Int { Int(try readInt64()) }

    /// Reads a count of things of at least `size` bytes each: never more than there can be.
    public mutating func readCount(size: Int = 1) throws(StateError) -> Int {
        let count = try readInt()
        guard count >= 0, count <= rest / max(1, size) else { throw .torn }
        return count
    }

    /// Reads a whole number within bounds.
    public mutating func readInt(in bounds: Range<Int>) throws(StateError) -> Int {
        let number = try readInt()
        guard bounds.contains(number) else { throw .torn }
        return number
    }

    /// Reads a number with a fraction.
    public mutating func readDouble() throws(StateError) -> Double { Double(bitPattern: try readFixed()) }

    /// Reads eight bytes.
    public mutating func readFixed() throws(StateError) -> UInt64 {
        guard rest >= 8 else { throw .torn }
        var number: UInt64 = 0
        for index in 0..<8 { number |= UInt64(bytes[next + index]) << UInt64(8 * index) }
        next += 8
        return number
    }

    /// Reads yes or no.
    public mutating func readBool() throws(StateError) -> Bool {
        let byte = try readByte()
        guard byte <= 1 else { throw .torn }
        return byte == 1
    }

    /// Reads a time.
    public mutating func readTimestamp() throws(StateError) -> Timestamp { Timestamp(nanoseconds: try readInt64()) }

    /// Reads bytes.
    public mutating func readBytes() throws(StateError) -> [UInt8] {
        let count = try readCount()
        defer { next += count }
        return Array(bytes[next..<next + count])
    }

    /// Reads text.
    public mutating func readString() throws(StateError) -> String {
        let count = try readCount()
        defer { next += count }
        return String(decoding: bytes.span.extracting(next..<next + count))
    }

    /// Reads a value that may be missing.
    public mutating func readOptional<Value>(
        _ body: (inout StateReader) throws(StateError) -> Value
    ) throws(StateError) -> Value? {
        try readBool() ? try body(&self) : nil
    }

    /// Reads a list of things of at least `size` bytes each.
    public mutating func readList<Value>(
        size: Int = 1, _ body: (inout StateReader) throws(StateError) -> Value
    ) throws(StateError) -> [Value] {
        let count = try readCount(size: size)
        var list: [Value] = []
        list.reserveCapacity(count)
        for _ in 0..<count { list.append(try body(&self)) }
        return list
    }

    /// Reads the name of a field; gives its number in this run.
    public mutating func readField() throws(StateError) -> FieldID {
        let place = try readUInt64()
        if place == 0 { return .overflow }
        if place <= UInt64(fields.count) { return fields[Int(place) - 1] }
        guard place == UInt64(fields.count) + 1 else { throw .torn }
        let field = vocabulary.field(try readString())
        fields.append(field)
        return field
    }

    /// Reads a log source; gives its number in this run.
    public mutating func readSource() throws(StateError) -> LogSourceID {
        let place = try readUInt64()
        if place < UInt64(sources.count) { return sources[Int(place)] }
        // Readers make a few dozen; a damaged file must not fill the vocabulary.
        guard place == UInt64(sources.count), sources.count < 4096 else { throw .torn }
        let product = try readOptional { reader throws(StateError) in try reader.readString() }
        let category = try readOptional { reader throws(StateError) in try reader.readString() }
        let service = try readOptional { reader throws(StateError) in try reader.readString() }
        let source = vocabulary.source(LogSource(product: product, category: category, service: service))
        sources.append(source)
        return source
    }

    /// Reads a text that was written as shared.
    public mutating func readShared() throws(StateError) -> String {
        let place = try readUInt64()
        if place < UInt64(shared.count) { return shared[Int(place)] }
        guard place == UInt64(shared.count) else { throw .torn }
        let text = try readString()
        shared.append(text)
        return text
    }

    /// Reads a part, all of it.
    public mutating func readPart(_ body: (inout StateReader) throws(StateError) -> Void) throws(StateError) {
        let size = try partSize()
        let outside = (end, fields, sources, shared)
        (end, fields, sources, shared) = (next + size, [], [], [])
        try body(&self)
        guard isAtEnd else { throw .torn }
        (end, fields, sources, shared) = outside
    }

    /// Passes over a part.
    public mutating func skipPart() throws(StateError) { next += try partSize() }

    private mutating func partSize() throws(StateError) -> Int {
        let size = try readFixed()
        guard size <= UInt64(rest) else { throw .torn }
        return Int(size)
    }

    private mutating func readByte() throws(StateError) -> UInt8 {
        guard next < end else { throw .torn }
        defer { next += 1 }
        return bytes[next]
    }
}

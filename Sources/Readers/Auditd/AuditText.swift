// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Values decoded or put together while a batch's records are read in place, in memory that is kept from one batch to
/// the next.
///
/// They lie at the offsets they will have once they hang behind the batch's bytes. PERF: see `AuditSlots`.
/// SAFETY: the memory belongs to this object alone, all of it is initialised, and it is grown before it is written.
@safe final class AuditText {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity = 16 << 10
    private var count = 0
    /// Where the first value will lie in the batch.
    private(set) var base = 0
    /// The value of each hexadecimal digit; 255 for other bytes.
    private let digits: RawBlock<UInt8>

    init() {
        digits = RawBlock((0...255).map { hexDigit(UInt8($0)) ?? 255 })
        unsafe memory = .allocate(capacity: capacity)
        unsafe memory.initialize(repeating: 0, count: capacity)
    }

    deinit { unsafe memory.deallocate() }

    /// Forgets all; the next value will lie at `base`.
    func start(at base: Int) {
        count = 0
        self.base = base
    }

    /// Where the next value will lie in the batch.
    var end: Int { base &+ count }

    /// The bytes of a value that lies here.
    @inline(__always)
    func bytes(_ range: Range<Int>) -> AuditBytes {
        let offset = range.lowerBound &- base
        // SAFETY: see the type.
        return unsafe AuditBytes(memory + offset, count: range.count, readable: capacity &- offset)
    }

    /// A byte of a value that lies here.
    subscript(index: Int) -> UInt8 {
        get {
            // SAFETY: see the type.
            unsafe memory[index &- base]
        }
        set {
            // SAFETY: see the type.
            unsafe memory[index &- base] = newValue
        }
    }

    /// Adds a byte.
    @inline(__always)
    func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        // SAFETY: there is room for one more.
        unsafe memory[count] = byte
        count &+= 1
    }

    /// Copies a value that lies elsewhere and tells where it is.
    @discardableResult
    func store(_ value: AuditBytes) -> Range<Int> {
        let start = end
        grow(by: value.count)
        // SAFETY: there is room for that many, and the value lies elsewhere.
        unsafe (memory + count).update(from: value.memory, count: value.count)
        count += value.count
        return start..<end
    }

    /// Copies a value and tells where it is.
    @discardableResult
    func store(_ value: Span<UInt8>) -> Range<Int> {
        unsafe value.withUnsafeBufferPointer { buffer in unsafe store(AuditBytes(buffer)) }
    }

    /// Copies a value and tells where it is.
    func store(_ value: [UInt8]) -> Range<Int> {
        unsafe value.withUnsafeBufferPointer { buffer in unsafe store(AuditBytes(buffer)) }
    }

    /// Copies a literal and tells where it is.
    func store(_ text: StaticString) -> Range<Int> {
        // SAFETY: a static string's UTF-8 lives as long as the program.
        text.withUTF8Buffer { unsafe store(AuditBytes($0)) }
    }

    /// Copies a value that lies here behind all others.
    func repeatValue(_ range: Range<Int>) {
        grow(by: range.count)
        // SAFETY: there is room for that many, and the value ends before it.
        unsafe (memory + count).update(from: memory + (range.lowerBound - base), count: range.count)
        count += range.count
    }

    /// Adds a number's decimal digits and tells where they are.
    func store(_ number: Int64) -> Range<Int> {
        var digits: [UInt8] = []
        appendDecimal(number, to: &digits)
        return store(digits.span)
    }

    /// Adds what hexadecimal digits stand for and tells where it is; nil, and nothing added, when they are no such.
    func decode(_ value: AuditBytes) -> Range<Int>? {
        guard value.count % 2 == 0 else { return nil }
        grow(by: value.count / 2)
        let start = end
        var index = 0
        var at = count
        while index < value.count {
            // SAFETY: the table has a place for each byte, and there is room for half as many bytes as digits.
            let high = unsafe digits.pointer[Int(value[index])]
            let low = unsafe digits.pointer[Int(value[index &+ 1])]
            if high | low > 15 { return nil }
            unsafe memory[at] = high &<< 4 | low
            at &+= 1
            index &+= 2
        }
        count = at
        return start..<end
    }

    private func grow(by more: Int) {
        let needed = count + more
        guard needed > capacity else { return }
        let wanted = max(needed, capacity * 2)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
        unsafe larger.moveInitialize(from: memory, count: count)
        unsafe (larger + count).initialize(repeating: 0, count: wanted - count)
        unsafe memory.deallocate()
        unsafe memory = larger
        capacity = wanted
    }

    /// Copies all of it behind the bytes a batch has.
    func flush(into batch: inout EventBatch) {
        // SAFETY: as many bytes were written.
        unsafe batch.bytes.append(contentsOf: UnsafeBufferPointer(start: memory, count: count))
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Memory into which values are folded, one after the other.
///
/// SAFETY: the memory belongs to this object alone, always has room for the value that is folded, and what was
/// folded is used only until the next `fold`.
@safe final class FoldingBuffer {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity = 1024
    private var count = 0

    init() { unsafe memory = .allocate(capacity: capacity) }

    deinit { unsafe memory.deallocate() }

    /// Folds a value (see `CaseFolding`).
    @inline(__always)
    func fold(_ value: Span<UInt8>) {
        if value.count > capacity { grow(value.count) }
        let length = unsafe CaseFolding.foldASCII(value, into: memory)
        if length >= 0 { count = length } else { foldSlowly(value) }
    }

    /// Calls `body` with what was folded last.
    @inline(__always)
    func withFolded<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // SAFETY: nothing is folded while `body` runs.
        let folded = unsafe Span(_unsafeStart: memory, count: count)
        return body(folded)
    }

    private func foldSlowly(_ value: Span<UInt8>) {
        var folded: [UInt8] = []
        folded.reserveCapacity(value.count)
        CaseFolding.append(value, to: &folded)
        if folded.count > capacity { grow(folded.count) }
        for (index, byte) in folded.enumerated() { unsafe memory[index] = byte }
        count = folded.count
    }

    private func grow(_ wanted: Int) {
        unsafe memory.deallocate()
        capacity = max(wanted, capacity * 2)
        unsafe memory = .allocate(capacity: capacity)
    }
}

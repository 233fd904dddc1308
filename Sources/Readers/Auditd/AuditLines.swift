// SPDX-License-Identifier: Apache-2.0

/// The records of one audit event, in memory that is kept from one event to the next.
///
/// PERF: see `AuditSlots`.
/// SAFETY: the memory belongs to this object alone, is grown before it is written, and callers stay below `count`.
@safe final class AuditLines {
    private var memory: UnsafeMutablePointer<AuditGroup.Line>
    private var capacity = 8
    /// How many there are.
    private(set) var count = 0

    init() { unsafe memory = .allocate(capacity: capacity) }

    deinit { unsafe memory.deallocate() }

    /// Forgets all.
    func removeAll() { count = 0 }

    /// One of them.
    @inline(__always)
    subscript(index: Int) -> AuditGroup.Line {
        get {
            // SAFETY: see the type.
            unsafe memory[index]
        }
        set {
            // SAFETY: see the type.
            unsafe memory[index] = newValue
        }
    }

    /// Adds one.
    @inline(__always)
    func append(_ line: AuditGroup.Line) {
        if count == capacity { grow() }
        // SAFETY: there is room for one more.
        unsafe (memory + count).initialize(to: line)
        count &+= 1
    }

    private func grow() {
        let larger = UnsafeMutablePointer<AuditGroup.Line>.allocate(capacity: capacity * 2)
        unsafe larger.moveInitialize(from: memory, count: count)
        unsafe memory.deallocate()
        unsafe memory = larger
        capacity *= 2
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The records of one audit event, in memory that is kept from one event to the next.
///
/// PERF: see `AuditSlots`.
/// SAFETY: the memory belongs to this object alone, is grown before it is written, and callers stay below `count`.
@safe final class AuditLines {
    private var memory: UnsafeMutablePointer<AuditGroup.Line>
    private static let usual = 16
    private var capacity = usual
    /// How many there are.
    private(set) var count = 0

    init() { unsafe memory = .allocate(capacity: capacity) }

    deinit { unsafe memory.deallocate() }

    /// Forgets all, and gives back the memory of an event that had unusually many.
    func removeAll() {
        count = 0
        guard capacity > Self.usual * 4 else { return }
        unsafe memory.deallocate()
        capacity = Self.usual
        unsafe memory = .allocate(capacity: capacity)
    }

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

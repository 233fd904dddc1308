// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Memory a record's slots and decoded texts are made in, before the batch gets them in one go.
///
/// PERF: plain memory of one object, so that making a slot is one store.
/// SAFETY: slots and open values have a place for the most a record may have; texts are grown before a record.
@safe final class JSONScratch {
    /// An object or array around the one that is being walked.
    struct Open: BitwiseCopyable {
        /// The key it is the value of, whose name members hang below and all elements of an array share.
        var entry: Int32
        /// The last key of the object.
        var previous: Int32
        /// The byte that ends it.
        var close: UInt8
        /// Inside the value of a key that itself has dots.
        var isDotted: Bool
    }

    /// Room for a record's slots; a value has at most two.
    let slots: UnsafeMutablePointer<Slot>
    /// Room for the objects and arrays around a value.
    let open: UnsafeMutablePointer<Open>
    /// Room for decoded texts.
    private(set) var text: UnsafeMutablePointer<UInt8>
    private var room = 4096

    init() {
        unsafe slots = .allocate(capacity: 2 * JSONFlattener.maximumSlots)
        unsafe open = .allocate(capacity: JSONFlattener.maximumDepth)
        unsafe text = .allocate(capacity: room)
    }

    deinit {
        unsafe slots.deallocate()
        unsafe open.deallocate()
        unsafe text.deallocate()
    }

    /// Makes room for texts of `count` bytes; what was written is lost.
    func reserve(_ count: Int) {
        guard count > room else { return }
        room = count * 2
        unsafe text.deallocate()
        unsafe text = .allocate(capacity: room)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A fixed block of memory owned by one object, read without reference counting or bounds checks.
///
/// PERF: tables that every event is matched against; arrays in their place cost a retain and a release an access.
/// SAFETY: memory is allocated and initialised in `init`, freed in `deinit`, and the pointer is valid as long as the
/// object lives. Callers index within `count`.
@safe public final class RawBlock<Element: BitwiseCopyable> {
    /// The first element.
    public let pointer: UnsafeMutablePointer<Element>
    /// How many elements there are.
    public let count: Int

    /// Copies a list.
    public init(_ elements: [Element]) {
        count = elements.count
        unsafe pointer = .allocate(capacity: max(elements.count, 1))
        unsafe elements.withUnsafeBufferPointer { source in
            if let first = source.baseAddress { unsafe pointer.initialize(from: first, count: source.count) }
        }
    }

    /// Repeats a value.
    public init(repeating value: Element, count: Int) {
        self.count = count
        unsafe pointer = .allocate(capacity: max(count, 1))
        unsafe pointer.initialize(repeating: value, count: count)
    }

    deinit { unsafe pointer.deallocate() }
}

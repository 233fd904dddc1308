// SPDX-License-Identifier: Apache-2.0

extension String {
    /// Decodes UTF-8; bytes that are not become U+FFFD.
    public init(decoding span: Span<UInt8>) {
        // SAFETY: the buffer is only read inside the closure, while the span is alive.
        self = unsafe span.withUnsafeBufferPointer { buffer in unsafe String(decoding: buffer, as: UTF8.self) }
    }
}

extension Array where Element == UInt8 {
    /// Copies a span.
    public init(_ span: Span<UInt8>) {
        // SAFETY: the buffer is only read inside the closure, while the span is alive.
        self = unsafe span.withUnsafeBufferPointer { buffer in unsafe Array(buffer) }
    }

    /// Appends a copy of a span.
    public mutating func append(contentsOf span: Span<UInt8>) {
        // SAFETY: the buffer is only read inside the closure, while the span is alive.
        unsafe span.withUnsafeBufferPointer { buffer in unsafe append(contentsOf: buffer) }
    }
}

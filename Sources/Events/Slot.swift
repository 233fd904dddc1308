// SPDX-License-Identifier: Apache-2.0

/// What a value was in its source.
public enum ValueKind: UInt8, Sendable, BitwiseCopyable {
    /// Text, UTF-8 as far as the source was.
    case string
    /// A whole number; the bytes are its decimal digits.
    case integer
    /// Any other number; the bytes are its decimal form.
    case float
    /// `true` or `false`.
    case boolean
    /// Present without a value.
    case null
    /// An object or array with members (which have slots of their own) or an empty one. The bytes are empty.
    case container
}

/// One field of one event: which field, what kind of value, and where its bytes lie in the batch.
public struct Slot: Sendable, Hashable, BitwiseCopyable {
    /// Which field.
    public var field: FieldID
    /// Offset of the value in the batch's bytes.
    public var offset: UInt32
    /// Length of the value in bytes.
    public var length: UInt32
    /// What the value was in its source.
    public var kind: ValueKind

    /// Describes a value.
    public init(field: FieldID, offset: UInt32, length: UInt32, kind: ValueKind) {
        self.field = field
        self.offset = offset
        self.length = length
        self.kind = kind
    }

    /// The value's bytes in the batch.
    public var range: Range<Int> { Int(offset)..<Int(offset) + Int(length) }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Cuts what is too long to keep, and says so in the text.
enum Bounded {
    /// Text of at most `limit` bytes plus a mark that tells how many are missing; cut between characters.
    static func text(_ span: Span<UInt8>, limit: Int) -> String {
        guard span.count > limit else { return String(decoding: span) }
        let end = end(span, limit: limit)
        return String(decoding: span.extracting(0..<end)) + mark(span.count - end)
    }

    /// How much of a text is kept, in bytes; all of one that is short enough.
    static func end(_ span: Span<UInt8>, limit: Int) -> Int {
        guard span.count > limit else { return span.count }
        var end = limit
        // A character is at most four bytes: step back over its continuation bytes rather than leave half of it.
        while end > limit - 4, end > 0, span[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }

    /// The same for text at hand.
    static func text(_ text: String, limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        return Self.text(Array(text.utf8).span, limit: limit)
    }

    /// A value that stays distinguishable from others when it is cut: the mark holds a hash of the whole.
    static func identity(_ span: Span<UInt8>, limit: Int) -> String {
        guard span.count > limit else { return String(decoding: span) }
        return text(span, limit: limit) + "#" + String(hashBytes(span), radix: 16)
    }

    /// What stands for the bytes that are missing.
    static func mark(_ missing: Int) -> String { " …[+\(missing) bytes]" }
}

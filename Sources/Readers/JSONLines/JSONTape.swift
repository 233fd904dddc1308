// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// A parsed document: simdjson's tape (format: `doc/tape.md` of the simdjson project), with the strings already copied
/// into the batch.
///
/// A value is named by the index of its first word.
///
/// It borrows the parser's memory: use it only until that parser reads its next document.
@safe struct JSONTape {
    private let words: UnsafePointer<UInt64>
    /// How many words there are; the first and the last are the root's.
    let count: Int
    /// Where the copied string buffer starts in the batch.
    private let stringBase: Int

    @unsafe init(words: UnsafePointer<UInt64>, count: Int, stringBase: Int) {
        unsafe self.words = words
        self.count = count
        self.stringBase = stringBase
    }

    /// The document's outermost value.
    static let root = 1

    /// What a word starts.
    enum Tag {
        static let object = UInt8(ascii: "{")
        static let array = UInt8(ascii: "[")
        static let string = UInt8(ascii: "\"")
        static let integer = UInt8(ascii: "l")
        static let unsigned = UInt8(ascii: "u")
        static let double = UInt8(ascii: "d")
        static let yes = UInt8(ascii: "t")
        static let no = UInt8(ascii: "f")
        static let null = UInt8(ascii: "n")
    }

    /// A word of the tape; 0, which no value starts with, beyond its end.
    @inline(__always)
    func word(_ index: Int) -> UInt64 {
        guard UInt(bitPattern: index) < UInt(bitPattern: count) else { return 0 }
        // SAFETY: the index was just checked, and the parser's memory is alive (see the type).
        return unsafe words[index]
    }

    /// The tag of the value at `index`.
    @inline(__always)
    func tag(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: word(index) >> 56) }

    /// The index just past the value at `index`; always greater.
    @inline(__always)
    func end(_ index: Int) -> Int {
        switch tag(index) {
        case Tag.object, Tag.array: max(index + 1, Int(truncatingIfNeeded: word(index) & 0xFFFF_FFFF))
        case Tag.integer, Tag.unsigned, Tag.double: index + 2
        default: index + 1
        }
    }

    /// Where the string at `index` lies in the batch.
    @inline(__always)
    func string(_ index: Int, in bytes: Span<UInt8>) -> Range<Int> { string(ofWord: word(index), in: bytes) }

    /// Where the string a word stands for lies in the batch.
    @inline(__always)
    func string(ofWord word: UInt64, in bytes: Span<UInt8>) -> Range<Int> {
        let start = stringBase &+ Int(truncatingIfNeeded: word & 0x00FF_FFFF_FFFF_FFFF)
        guard start &+ 4 <= bytes.count else { return 0..<0 }
        // SAFETY: four bytes from here on lie in the span, as was just checked.
        let length = unsafe Int(
            bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: UInt32.self).littleEndian)
        guard start &+ 4 &+ length <= bytes.count else { return 0..<0 }
        return unsafe Range(uncheckedBounds: (start &+ 4, start &+ 4 &+ length))
    }

    /// Where the string at `index` lies in the batch.
    func string(_ index: Int, in bytes: [UInt8]) -> Range<Int> { string(index, in: bytes.span) }

    /// Appends the text of the number or truth value at `index`, and tells which it is.
    func appendScalar(_ index: Int, to bytes: inout [UInt8]) -> ValueKind {
        switch tag(index) {
        case Tag.integer:
            appendDecimal(Int64(bitPattern: word(index + 1)), to: &bytes)
            return .integer
        case Tag.unsigned:
            bytes.append(contentsOf: String(word(index + 1)).utf8)
            return .integer
        case Tag.double:
            bytes.append(contentsOf: Double(bitPattern: word(index + 1)).description.utf8)
            return .float
        case Tag.yes:
            bytes.append(contentsOf: "true".utf8)
            return .boolean
        case Tag.no:
            bytes.append(contentsOf: "false".utf8)
            return .boolean
        default: return .null
        }
    }

    /// Whether the value at `index` is the string `text`.
    @inline(__always)
    func isString(_ index: Int, _ text: StaticString, in bytes: [UInt8]) -> Bool {
        let word = word(index)
        guard UInt8(truncatingIfNeeded: word >> 56) == Tag.string else { return false }
        let range = string(ofWord: word, in: bytes.span)
        // PERF: lengths tell nearly all apart, without a call.
        return range.count == text.utf8CodeUnitCount && equalBytes(bytes.span.extracting(range), text)
    }

    /// The value of a member of the object at `index`, the first of that name; nil when there is none.
    func member(_ key: StaticString, of index: Int?, in bytes: [UInt8]) -> Int? {
        guard let index, tag(index) == Tag.object else { return nil }
        let close = end(index) - 1
        var at = index + 1
        while at < close {
            if isString(at, key, in: bytes) { return at + 1 }
            at = end(at + 1)
        }
        return nil
    }

    /// The value at a path of member names.
    func value(_ path: StaticString..., of index: Int?, in bytes: [UInt8]) -> Int? {
        var found = index
        for key in path { found = member(key, of: found, in: bytes) }
        return found
    }

    /// The members of the object at `index` as (key, value) indices; none for anything else.
    func members(of index: Int?) -> JSONTapeSequence { JSONTapeSequence(tape: self, of: index, tag: Tag.object) }

    /// The elements of the array at `index`, with key 0; none for anything else.
    func elements(of index: Int?) -> JSONTapeSequence { JSONTapeSequence(tape: self, of: index, tag: Tag.array) }
}

/// Walks the children of one object or array.
struct JSONTapeSequence: Sequence, IteratorProtocol {
    private let tape: JSONTape
    private var at: Int
    private let close: Int
    private let keyed: Bool

    init(tape: JSONTape, of index: Int?, tag: UInt8) {
        self.tape = tape
        keyed = tag == JSONTape.Tag.object
        if let index, tape.tag(index) == tag {
            at = index + 1
            close = tape.end(index) - 1
        } else {
            at = 0
            close = 0
        }
    }

    mutating func next() -> (key: Int, value: Int)? {
        guard at < close else { return nil }
        let key = at
        let value = keyed ? at + 1 : at
        at = tape.end(value)
        return (keyed ? key : 0, value)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// One text of a chunk as UTF-8, in memory that is used again for the next one.
struct EVTXText {
    /// Room for the longest text a chunk can hold, three bytes a unit.
    private let block = RawBlock<UInt8>(repeating: 0, count: 3 * EVTXChunk.size / 2 + 8)
    private var count = 0

    /// Where the units are of the name at a place that a reference was found to lead to.
    static func name(_ chunk: RawSpan, _ place: Int) -> Range<Int> {
        let start = place + 8
        let size = 2 * min(Int(chunk.unsigned16(place + 6)), FieldCache.longestName + 1)
        return start..<start + max(0, min(size, chunk.byteCount - start))
    }

    /// Takes in a text in UTF-16.
    mutating func load(_ text: RawSpan) {
        count = unsafe text.withUnsafeBytes { source in
            guard let start = source.baseAddress, source.count <= EVTXChunk.size else { return 0 }
            // SAFETY: the block has three bytes for each of the units a chunk has room for.
            return unsafe UTF16Text.write(start, units: source.count / 2, to: block.pointer).count
        }
    }

    /// Turns the name of a predefined entity (XML 1.0, section 4.6) into its character, any other into its reference.
    mutating func resolveEntity() {
        let entities: [(StaticString, UInt8)] = [
            ("amp", UInt8(ascii: "&")), ("lt", UInt8(ascii: "<")), ("gt", UInt8(ascii: ">")),
            ("quot", UInt8(ascii: "\"")), ("apos", UInt8(ascii: "'")),
        ]
        for (name, character) in entities where withBytes({ equalBytes($0, name) }) {
            // SAFETY: the block has room for a byte.
            unsafe block.pointer[0] = character
            count = 1
            return
        }
        // SAFETY: names are far shorter than the block.
        for index in (0..<count).reversed() { unsafe block.pointer[index + 1] = block.pointer[index] }
        unsafe block.pointer[0] = UInt8(ascii: "&")
        unsafe block.pointer[count + 1] = UInt8(ascii: ";")
        count += 2
    }

    /// Calls `body` with the bytes taken in last.
    func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // SAFETY: as many bytes were written.
        body(unsafe UnsafeBufferPointer(start: block.pointer, count: count).span)
    }
}

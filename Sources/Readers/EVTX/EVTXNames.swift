// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Names in a chunk as UTF-8, in memory that is used again for the next name.
struct EVTXNames {
    /// Room for the longest name or text a chunk can hold, three bytes a unit.
    private let block = RawBlock<UInt8>(repeating: 0, count: 3 * EVTXChunk.size / 2 + 8)
    private var count = 0

    /// A reference to a name: four bytes that say where in the chunk it is, which may be right behind them.
    struct Reference {
        /// Where the name lies.
        var place: Int
        /// Where what follows the reference begins.
        var end: Int
    }

    /// Reads the reference at a place; nil when it leads nowhere.
    ///
    /// A name is an offset to the next of the same hash, the hash, its length in units, the units, and a NUL.
    static func reference(_ chunk: RawSpan, _ at: Int) -> Reference? {
        guard at <= chunk.byteCount - 4 else { return nil }
        let place = Int(chunk.unsigned32(at))
        guard place >= EVTXChunk.headerSize, place <= chunk.byteCount - 8 else { return nil }
        let end = place + 8 + 2 * Int(chunk.unsigned16(place + 6)) + 2
        guard end <= chunk.byteCount + 2 else { return nil }
        return Reference(place: place, end: place == at + 4 ? end : at + 4)
    }

    /// Takes in the name a reference leads to; of what is too long for a field only the start.
    mutating func load(_ chunk: RawSpan, _ reference: Reference) {
        let start = reference.place + 8
        let units = min(Int(chunk.unsigned16(reference.place + 6)), FieldCache.longestName + 1)
        let size = min(2 * units, chunk.byteCount - start)
        load(chunk.extracting(start..<start + max(0, size)))
    }

    /// Takes in a text in UTF-16.
    mutating func load(_ text: RawSpan) {
        count = unsafe text.withUnsafeBytes { source in
            guard let start = source.baseAddress, source.count <= EVTXChunk.size else { return 0 }
            // SAFETY: the block has three bytes for each of the units a chunk has room for.
            return unsafe UTF16Text.write(start, units: source.count / 2, to: block.pointer).count
        }
    }

    /// Takes in a text in UTF-8; what is too long is cut.
    @unsafe mutating func take(_ text: UnsafePointer<UInt8>, count: Int) {
        self.count = min(count, block.count)
        // SAFETY: both have that many bytes.
        unsafe block.pointer.update(from: text, count: self.count)
    }

    /// Takes in a literal.
    mutating func take(_ text: StaticString) {
        // SAFETY: a static string's UTF-8 lives as long as the program.
        unsafe take(text.utf8Start, count: text.utf8CodeUnitCount)
    }

    /// Turns the name of a predefined entity (XML 1.0, section 4.6) into its character, any other into its reference.
    mutating func resolveEntity() {
        let entities: [(StaticString, StaticString)] = [
            ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"),
        ]
        for (name, text) in entities where withBytes({ equalBytes($0, name) }) {
            take(text)
            return
        }
        let reference = withBytes { name in
            var bytes: [UInt8] = [UInt8(ascii: "&")]
            bytes.append(contentsOf: name)
            bytes.append(UInt8(ascii: ";"))
            return bytes
        }
        unsafe reference.withUnsafeBufferPointer { bytes in
            // SAFETY: the array's own bytes.
            if let start = bytes.baseAddress { unsafe take(start, count: bytes.count) }
        }
    }

    /// Calls `body` with the bytes taken in last.
    func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // SAFETY: as many bytes were written.
        body(unsafe UnsafeBufferPointer(start: block.pointer, count: count).span)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The programs of templates met in earlier chunks.
///
/// A log defines the same few templates in every chunk. Only where their names lie differs, so a definition is known
/// again when everything else in it is the same, byte for byte, and its names are. The GUID alone would not do: a forged
/// template with another's GUID would then decide how genuine records are read.
struct EVTXTemplateMemory {
    /// A place in a definition where a name is named.
    struct Mention {
        /// Where, from the definition's start.
        var at: Int
        /// How many bytes the reference takes, with the name when it is right there.
        var size: Int
        var name: EVTXNames.ID
    }

    private struct Entry {
        var key: UInt64
        var next: Int32
        var bytes: Range<Int>
        var mentions: Range<Int>
        var program: EVTXProgram
    }

    /// The most definitions kept under one key.
    private static let longestChain = 4
    /// When this many bytes are kept, it is time to forget.
    private static let capacity = 2 << 20

    private var bytes: [UInt8] = []
    private var mentions: [Mention] = []
    private var entries: [Entry] = []
    private var table = [Int32](repeating: -1, count: 1024)

    /// Whether it should be emptied.
    var isFull: Bool { bytes.count > Self.capacity || entries.count > table.count }

    /// Forgets everything.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        mentions.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        for index in table.indices { table[index] = -1 }
    }

    /// The key of a definition that stands in `element`; its GUID is 20 bytes before the elements.
    private static func key(_ chunk: RawSpan, _ range: Range<Int>, _ element: FieldID) -> UInt64 {
        let mixed = chunk.unsigned64(range.lowerBound - 20) ^ UInt64(element.rawValue) << 32 ^ UInt64(range.count)
        // The constant is 2^64 divided by the golden ratio, odd.
        let hash = mixed &* 0x9E37_79B9_7F4A_7C15
        return hash ^ hash >> 32
    }

    /// The program of a definition that was met before.
    ///
    /// `walked` grows by the bytes that were compared.
    func find(
        _ chunk: RawSpan, _ range: Range<Int>, in element: FieldID, _ names: inout EVTXNames, _ walked: inout Int
    ) -> EVTXProgram? {
        let key = Self.key(chunk, range, element)
        var next = table[Int(truncatingIfNeeded: key & 1023)]
        while next >= 0 {
            let entry = entries[Int(next)]
            if entry.key == key {
                walked += range.count
                if isSame(chunk, range, entry, &names) { return entry.program }
            }
            next = entry.next
        }
        return nil
    }

    /// Keeps a definition's program.
    mutating func keep(
        _ program: EVTXProgram, _ chunk: RawSpan, _ range: Range<Int>, in element: FieldID, _ found: [Mention]
    ) {
        let key = Self.key(chunk, range, element)
        let spot = Int(truncatingIfNeeded: key & 1023)
        var chain = 0
        var next = table[spot]
        while next >= 0 {
            chain += 1
            next = entries[Int(next)].next
        }
        guard chain < Self.longestChain, !isFull else { return }
        let (start, first) = (bytes.count, mentions.count)
        unsafe chunk.extracting(range).withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        mentions.append(contentsOf: found)
        entries.append(
            Entry(
                key: key, next: table[spot], bytes: start..<bytes.count, mentions: first..<mentions.count,
                program: program))
        table[spot] = Int32(entries.count - 1)
    }

    private func isSame(
        _ chunk: RawSpan, _ range: Range<Int>, _ entry: Entry, _ names: inout EVTXNames
    ) -> Bool {
        guard entry.bytes.count == range.count else { return false }
        // SAFETY: bytes have no padding, so all of them may be looked at.
        let own = unsafe bytes.span.bytes.extracting(entry.bytes)
        let other = chunk.extracting(range)
        var from = 0
        for index in entry.mentions {
            let mention = mentions[index]
            guard Self.isEqual(own, other, from, mention.at),
                let reference = EVTXNames.reference(chunk, range.lowerBound + mention.at),
                reference.end == range.lowerBound + mention.at + mention.size,
                names.id(chunk, reference) == mention.name
            else { return false }
            from = mention.at + mention.size
        }
        return Self.isEqual(own, other, from, range.count)
    }

    private static func isEqual(_ a: RawSpan, _ b: RawSpan, _ start: Int, _ end: Int) -> Bool {
        var at = start
        while at &+ 8 <= end {
            if a.unsigned64(at) != b.unsigned64(at) { return false }
            at &+= 8
        }
        while at < end {
            if a.unsigned8(at) != b.unsigned8(at) { return false }
            at &+= 1
        }
        return true
    }
}

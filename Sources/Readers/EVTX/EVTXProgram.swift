// SPDX-License-Identifier: Apache-2.0
import Events

/// One step in making an event of a record: a text of the template, or a value of the record.
struct EVTXStep {
    enum Kind: UInt8 {
        /// Text that stands in the template.
        case literal
        /// A value of the record.
        case value
    }

    /// What is done when there is nothing to say.
    enum WhenEmpty: UInt8 {
        /// No slot: attributes, elements of `System`, elements with attributes.
        case nothing
        /// An empty text: `Data` elements.
        case text
        /// A null: any other element.
        case null
    }

    var kind: Kind
    var whenEmpty: WhenEmpty
    /// Whether the next step adds to the same text.
    var continues = false
    /// `KnownField`'s raw value plus one; 0 for any other field.
    var known: UInt16
    /// Which value of the record.
    var index: UInt16 = 0
    /// The field that gets it.
    var field: FieldID
    /// The element, for elements in a value; `FieldTraits.none` in an attribute.
    var element: FieldID
    /// The text, in the compiler's texts.
    var start: UInt32 = 0
    var length: UInt32 = 0
}

/// A template turned into steps.
struct EVTXProgram {
    /// The steps, in the compiler's list.
    var steps: Range<Int>
    /// Where the definition ends in the chunk; for elements without a template, where they end.
    var end: Int
}

/// Programs of one chunk, found by where their definition starts and which element they stand in.
struct EVTXProgramTable {
    private struct Entry {
        var place: Int
        var element: FieldID
        var program: EVTXProgram?
    }

    /// What became of a definition that was met before.
    struct Met {
        /// Nil when it is damaged.
        var program: EVTXProgram?
    }

    private var entries: [Entry] = []
    private var table = [Int32](repeating: -1, count: Self.size)
    private var used: [Int] = []

    /// Slots of the table; a chunk has room for at most half as many definitions.
    private static let size = 4096

    /// Forgets the last chunk.
    mutating func removeAll() {
        for spot in used { table[spot] = -1 }
        used.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }

    /// What became of a definition; nil when it is met for the first time.
    func find(_ place: Int, in element: FieldID) -> Met? {
        var spot = Self.hash(place, element)
        while table[spot] >= 0 {
            let entry = entries[Int(table[spot])]
            if entry.place == place, entry.element == element { return Met(program: entry.program) }
            spot = (spot + 1) & (Self.size - 1)
        }
        return nil
    }

    /// Keeps a program, or that there is none; false when there are too many, which only a damaged chunk has.
    mutating func insert(_ program: EVTXProgram?, _ place: Int, in element: FieldID) -> Bool {
        guard entries.count < Self.size / 2 else { return false }
        var spot = Self.hash(place, element)
        while table[spot] >= 0 { spot = (spot + 1) & (Self.size - 1) }
        table[spot] = Int32(entries.count)
        used.append(spot)
        entries.append(Entry(place: place, element: element, program: program))
        return true
    }

    private static func hash(_ place: Int, _ element: FieldID) -> Int {
        // Odd constant: 2^32 divided by the golden ratio.
        let mixed = (UInt32(truncatingIfNeeded: place) ^ element.rawValue << 16) &* 0x9E37_79B1
        return Int(mixed >> 20)
    }
}

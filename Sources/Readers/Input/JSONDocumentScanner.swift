// SPDX-License-Identifier: Apache-2.0
import Events

/// Follows JSON (RFC 8259) byte by byte, just closely enough to tell where a document begins and ends and when it is
/// damaged.
///
/// It knows strings, escapes and nesting; what the members are is the parser's matter.
struct JSONDocumentScanner: Hashable, Sendable {
    /// What a byte meant.
    enum Step {
        /// Nothing to be done.
        case none
        /// The first byte of a document.
        case begin
        /// The last byte of a document.
        case end
        /// Not JSON any more; the scanner now waits for a line that starts with `{`.
        case damaged
        /// The document before this byte is damaged, and this byte begins the next one.
        case damagedThenBegin
    }

    private enum Place: UInt64 { case outside, value, string, escape, lost }

    private var place = Place.outside
    /// Inside a top-level array, whose elements are documents.
    private(set) var inArray = false
    /// Open brackets, innermost last; true for an array.
    ///
    /// Nesting past `deepest` is damage.
    private var nesting: [Bool] = []
    /// The last byte outside strings that was not white space.
    private var last: UInt8 = 0
    private var atLineStart = true

    /// The deepest nesting followed; what parsers accept is far less.
    static let deepest = 1024

    /// Whether a document is open.
    var isInside: Bool { place == .value || place == .string || place == .escape }

    /// Goes back to before the first byte of the document that is open.
    mutating func goBackToStart() {
        place = .outside
        nesting.removeAll()
    }

    /// Writes where it stands.
    func save(to writer: inout StateWriter) {
        writer.write(place.rawValue)
        writer.write(inArray)
        writer.write(nesting) { $0.write($1) }
        writer.write(UInt64(last))
        writer.write(atLineStart)
    }

    /// Reads where it stood.
    init(from state: inout StateReader) throws(StateError) {
        guard let place = Place(rawValue: try state.readUInt64()) else { throw .torn }
        self.place = place
        inArray = try state.readBool()
        nesting = try state.readList { reader throws(StateError) in try reader.readBool() }
        guard nesting.count <= Self.deepest, let last = UInt8(exactly: try state.readUInt64()) else { throw .torn }
        self.last = last
        atLineStart = try state.readBool()
    }

    /// Stands at the start of an input.
    init() {}

    /// Takes the next byte.
    mutating func next(_ byte: UInt8) -> Step {
        let lineStart = atLineStart
        atLineStart = byte == UInt8(ascii: "\n")
        switch place {
        case .string:
            if byte == UInt8(ascii: "\"") {
                place = .value
                last = byte
            } else if byte == UInt8(ascii: "\\") {
                place = .escape
            } else if byte == UInt8(ascii: "\n") {
                // A raw line feed cannot stand in a string: its end is missing.
                return damage()
            }
            return .none
        case .escape:
            if byte == UInt8(ascii: "\n") { return damage() }
            place = .string
            return .none
        case .value: return inside(byte, lineStart)
        case .outside: return outside(byte, lineStart)
        case .lost:
            guard lineStart, byte == UInt8(ascii: "{") else { return .none }
            return open(byte)
        }
    }

    private mutating func inside(_ byte: UInt8, _ lineStart: Bool) -> Step {
        switch byte {
        case UInt8(ascii: "\""): place = .string
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            if lineStart, byte == UInt8(ascii: "{"), !expectsElement {
                nesting.removeAll(keepingCapacity: true)
                _ = open(byte)
                return .damagedThenBegin
            }
            if nesting.count >= Self.deepest { return damage() }
            nesting.append(byte == UInt8(ascii: "["))
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            guard let isArray = nesting.popLast(), isArray == (byte == UInt8(ascii: "]")) else { return damage() }
            if nesting.isEmpty {
                place = .outside
                return .end
            }
        case 0x20, 0x09, 0x0A, 0x0D: return .none
        default: break
        }
        last = byte
        return .none
    }

    /// Whether an object may begin a line here: as an element of an array (`{"Records":[` and one element a line is
    /// common), but not as the value of a member, which no writer puts into the first column.
    private var expectsElement: Bool {
        nesting.last == true && (last == UInt8(ascii: "[") || last == UInt8(ascii: ","))
    }

    private mutating func outside(_ byte: UInt8, _ lineStart: Bool) -> Step {
        switch byte {
        // 0x1E begins each text of a JSON text sequence (RFC 7464); NUL is what a crash leaves in a file.
        case 0x20, 0x09, 0x0A, 0x0D, 0x1E, 0x00, UInt8(ascii: ","): return .none
        case UInt8(ascii: "{"): return open(byte)
        case UInt8(ascii: "["):
            if inArray { return open(byte) }
            inArray = true
            return .none
        case UInt8(ascii: "]") where inArray:
            inArray = false
            return .none
        default: return damage()
        }
    }

    private mutating func open(_ byte: UInt8) -> Step {
        place = .value
        nesting.removeAll(keepingCapacity: true)
        nesting.append(byte == UInt8(ascii: "["))
        last = byte
        return .begin
    }

    private mutating func damage() -> Step {
        place = .lost
        nesting.removeAll(keepingCapacity: true)
        return .damaged
    }
}

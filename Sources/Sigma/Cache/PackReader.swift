// SPDX-License-Identifier: Apache-2.0

/// A pack does not hold what it should.
struct PackDamage: Error {}

/// Reads a record of a pack; every place and number in it is checked, for the bytes are not trusted.
struct PackReader {
    /// Levels of nesting a record may have: more than YAML and conditions may.
    static let maximumDepth = 160

    private let bytes: [UInt8]
    private let table: [String]
    private var position: Int
    private let end: Int
    /// The file the record is for: it is not part of the record, so that equal files at two places share one.
    let file: String

    /// Reads a range of bytes, which must lie inside.
    init(_ bytes: [UInt8], _ range: Range<Int>, texts: [String], file: String) throws(PackDamage) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else { throw PackDamage() }
        self.bytes = bytes
        self.table = texts
        self.file = file
        position = range.lowerBound
        end = range.upperBound
    }

    /// Whether everything was read.
    var isAtEnd: Bool { position == end }

    mutating func byte() throws(PackDamage) -> UInt8 {
        guard position < end else { throw PackDamage() }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number, seven bits a byte.
    mutating func number() throws(PackDamage) -> Int {
        var result: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte()
            // The tenth byte holds the last bit.
            guard shift < 63 || byte <= 1 else { throw PackDamage() }
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int(Int64(bitPattern: result)) }
            shift += 7
        }
    }

    /// Eight bytes, least significant first.
    mutating func word() throws(PackDamage) -> UInt64 {
        var result: UInt64 = 0
        for shift in 0..<8 { result |= UInt64(try byte()) << UInt64(8 * shift) }
        return result
    }

    mutating func flag() throws(PackDamage) -> Bool {
        switch try byte() {
        case 0: false
        case 1: true
        default: throw PackDamage()
        }
    }

    /// One of the cases of an enumeration, by its position among them.
    mutating func choice<Case>(_ cases: [Case]) throws(PackDamage) -> Case {
        let index = Int(try byte())
        guard index < cases.count else { throw PackDamage() }
        return cases[index]
    }

    mutating func text() throws(PackDamage) -> String {
        let index = try number()
        guard index >= 0, index < table.count else { throw PackDamage() }
        return table[index]
    }

    /// A text that may be missing.
    mutating func optionalText() throws(PackDamage) -> String? {
        let index = try number()
        guard index >= 0, index <= table.count else { throw PackDamage() }
        return index == 0 ? nil : table[index - 1]
    }

    /// A list; an element takes a byte at least, so a list cannot claim more of them than there are bytes.
    mutating func list<Element>(
        _ read: (inout PackReader) throws(PackDamage) -> Element
    ) throws(PackDamage) -> [Element] {
        let count = try number()
        guard count >= 0, count <= end - position else { throw PackDamage() }
        var list: [Element] = []
        list.reserveCapacity(min(count, 4096))
        for _ in 0..<count { list.append(try read(&self)) }
        return list
    }

    mutating func texts() throws(PackDamage) -> [String] {
        try list { (reader) throws(PackDamage) in try reader.text() }
    }

    /// Texts by name.
    mutating func textMap() throws(PackDamage) -> [String: String] {
        let count = try number()
        guard count >= 0, count <= end - position else { throw PackDamage() }
        var map: [String: String] = [:]
        for _ in 0..<count {
            let key = try text()
            guard map.updateValue(try text(), forKey: key) == nil else { throw PackDamage() }
        }
        return map
    }

    /// A place in the file.
    mutating func location() throws(PackDamage) -> SourceLocation {
        SourceLocation(file: file, line: try number(), column: try number())
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A field that tells what a record is, when it happened, or that a shape derives something of.
///
/// The first slot of each is noted while a record is flattened, so that no shape has to search. Each shape declares its
/// own in a `KnownFieldSet`; the number of a field is that of its set and its place in it.
struct KnownField: Hashable, BitwiseCopyable {
    /// Most fields of one set.
    static let room = 64
    /// One above the highest number.
    static let count = KnownFieldGroup.allCases.count * room

    /// Its number, below `count`.
    let rawValue: UInt16

    /// The field with a number.
    @inline(__always)
    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// A field of a set.
    @inline(__always)
    init<Fields: KnownFieldSet>(_ field: Fields) {
        rawValue = Fields.group.rawValue &* UInt16(Self.room) &+ UInt16(field.rawValue)
    }

    /// Which known field each name stands for; asked once for each field name of a run.
    static let byName: [String: KnownField] = {
        var table: [String: KnownField] = [:]
        for group in KnownFieldGroup.allCases { add(group.fields, to: &table) }
        return table
    }()

    private static func add<Fields: KnownFieldSet>(_ fields: Fields.Type, to table: inout [String: KnownField]) {
        for field in fields.allCases {
            for name in field.names { table[name] = KnownField(field) }
        }
    }
}

/// The known fields of one shape, or those several shapes share; at most `KnownField.room` of them.
///
/// A name belongs to one field of one set.
protocol KnownFieldSet: RawRepresentable<UInt8>, CaseIterable {
    /// Where `KnownFieldGroup` lists the set.
    static var group: KnownFieldGroup { get }
    /// The names of the fields that carry it, dotted as rules see them.
    var names: [String] { get }
}

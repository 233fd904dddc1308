// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// A copy of one event that outlives its batch, in one run of bytes: what an open alert keeps as evidence.
///
/// It says what an `EventSnapshot` says, with the same bounds, in a fifth of the memory and without making texts.
///
/// The bytes hold, for each value, its field, what it is, how many bytes follow, how many are missing, and, where some are
/// missing, a keyed hash of the whole; then those bytes. The record comes last, in the same way without a field.
public struct PackedEvent: Sendable {
    /// When it happened; `.unknown` when the record does not say.
    public let time: Timestamp
    /// The log source its reader gave it, by the number of this run.
    public let source: LogSourceID
    /// The input as the user named it.
    public let path: String
    /// Number of the record in the input, from 1.
    public let position: UInt64
    /// The names behind its numbers.
    let vocabulary: Vocabulary
    let bytes: [UInt8]
    let isTruncated: Bool

    /// Puts together what was taken apart.
    init(
        time: Timestamp, source: LogSourceID, path: String, position: UInt64, vocabulary: Vocabulary, bytes: [UInt8],
        isTruncated: Bool
    ) {
        self.time = time
        self.source = source
        self.path = path
        self.position = position
        self.vocabulary = vocabulary
        self.bytes = bytes
        self.isTruncated = isTruncated
    }

    /// Copies an event out of its batch.
    ///
    /// Objects and arrays are left out: their members have fields of their own.
    public init(batch: EventBatch, event: Int, vocabulary: Vocabulary, secret: Secret = .process) {
        let header = batch.events[event]
        var packer = EventPacker(capacity: 64 + (header.slots.count + header.added.count) * 8, secret: secret)
        batch.forEachSlot(of: event) { packer.add($0, of: batch) }
        packer.finish(record: batch.bytes.span.extracting(header.record))
        self.init(
            time: header.time, source: header.source, path: batch.path, position: header.position,
            vocabulary: vocabulary, bytes: packer.bytes, isTruncated: packer.isTruncated)
    }

    /// Packs a snapshot.
    public init(_ snapshot: EventSnapshot, vocabulary: Vocabulary, secret: Secret = .process) {
        let parts = snapshot.logsource.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0 == "-" ? nil : String($0) }
        var packer = EventPacker(capacity: 256, secret: secret)
        for entry in snapshot.fields.entries {
            let field = vocabulary.field(entry.name)
            for value in entry.values { packer.add(value, of: field) }
        }
        packer.finish(record: Array(snapshot.record.utf8).span)
        self.init(
            time: snapshot.time ?? .unknown,
            source: vocabulary.source(
                LogSource(
                    product: parts.first ?? nil, category: parts.count > 1 ? parts[1] : nil,
                    service: parts.count > 2 ? parts[2] : nil)),
            path: snapshot.path, position: snapshot.position, vocabulary: vocabulary, bytes: packer.bytes,
            isTruncated: snapshot.isTruncated)
    }

    /// `product/category/service`, with `-` for an absent part.
    public var logsource: String { vocabulary.source(of: source).description }

    /// About how many bytes of memory it holds.
    var footprint: Int { bytes.count + 128 }

    /// The event with its numbers of another vocabulary.
    func translated(to other: Vocabulary) -> PackedEvent {
        other === vocabulary ? self : PackedEvent(snapshot, vocabulary: other)
    }

    /// The event for people.
    public var snapshot: EventSnapshot {
        var fields = NamedValues()
        // Events have a few dozen fields, which are looked through faster than hashed.
        var known: [FieldID] = []
        var record = ""
        var reader = PackedEventReader(bytes)
        while let value = reader.next() {
            guard let field = value.field else {
                record = reader.text(value)
                break
            }
            if let place = known.firstIndex(of: field) {
                fields.entries[place].values.append(reader.json(value))
            } else {
                known.append(field)
                fields.entries.append(.init(name: vocabulary.name(of: field), values: [reader.json(value)]))
            }
        }
        return EventSnapshot(
            time: time == .unknown ? nil : time, logsource: logsource, path: path, position: position, fields: fields,
            record: record, isTruncated: isTruncated)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// A copy of one event that outlives its batch: what an alert shows as evidence.
///
/// Bounded in every direction.
///
/// Values are shown as they were recorded, secrets on command lines included: whoever may read the telemetry may read
/// the alert.
public struct EventSnapshot: Hashable, Sendable {
    /// When it happened; nil when the record does not say.
    public var time: Timestamp?
    /// `product/category/service`, with `-` for an absent part.
    public var logsource: String
    /// The input as the user named it.
    public var path: String
    /// Number of the record in the input, from 1; a line number for line formats.
    public var position: UInt64
    /// The event's fields in the order of the record, then those enrichment added.
    public var fields: NamedValues
    /// The record as it stood in the input; cut at `Limits.record`.
    public var record: String
    /// Whether a value, a field or the record was cut or left out.
    public var isTruncated: Bool

    /// How much is kept of one event, in bytes and counts.
    public enum Limits {
        /// Longest value.
        public static let value = 4096
        /// Most bytes in all values of an event.
        public static let values = 64 * 1024
        /// Most fields.
        public static let fields = 512
        /// Longest record.
        public static let record = 16 * 1024
    }

    /// Puts a snapshot together.
    public init(
        time: Timestamp?, logsource: String, path: String, position: UInt64, fields: NamedValues, record: String,
        isTruncated: Bool = false
    ) {
        self.time = time
        self.logsource = logsource
        self.path = path
        self.position = position
        self.fields = fields
        self.record = record
        self.isTruncated = isTruncated
    }

    /// Copies an event out of its batch.
    ///
    /// Objects and arrays are left out: their members have fields of their own.
    public init(batch: EventBatch, event: Int, vocabulary: Vocabulary) {
        let header = batch.events[event]
        var collector = Collector(vocabulary: vocabulary)
        batch.forEachSlot(of: event) { collector.add($0, of: batch) }
        self.init(
            time: header.time == .unknown ? nil : header.time,
            logsource: vocabulary.source(of: header.source).description, path: batch.path, position: header.position,
            fields: collector.fields,
            record: Bounded.text(batch.bytes.span.extracting(header.record), limit: Limits.record),
            isTruncated: collector.isTruncated || header.record.count > Limits.record)
    }

    /// About how many bytes of memory it holds.
    var footprint: Int {
        fields.entries.reduce(record.utf8.count + 256) { sum, entry in
            entry.values.reduce(sum + entry.name.utf8.count + 64) { sum, value in
                if case .string(let text) = value { sum + text.utf8.count + 32 } else { sum + 32 }
            }
        }
    }
}

extension EventSnapshot: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey {
        case time, logsource, path, position, fields, record
        case isTruncated = "truncated"
    }

    /// The JSON form.
    public var json: JSONValue {
        [
            "time": .text(time?.rfc3339), "logsource": .string(logsource), "path": .string(path),
            "position": .integer(Int64(clamping: position)), "fields": fields.json, "record": .string(record),
            "truncated": .boolean(isTruncated),
        ]
    }
}

extension EventSnapshot {
    /// Gathers slots into fields.
    private struct Collector {
        let vocabulary: Vocabulary
        var fields = NamedValues()
        var isTruncated = false
        /// The field of each entry: events have a few dozen, which are looked through faster than hashed.
        private var known: [FieldID] = []
        private var budget = Limits.values

        init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

        mutating func add(_ slot: Slot, of batch: EventBatch) {
            guard slot.kind != .container else { return }
            let bytes = batch.bytes.span.extracting(slot.range)
            let limit = min(Limits.value, budget)
            let place = known.firstIndex(of: slot.field)
            guard limit > 0, place != nil || known.count < Limits.fields else {
                isTruncated = true
                return
            }
            if bytes.count > limit { isTruncated = true }
            budget -= min(bytes.count, limit)
            let value = Self.value(bytes, kind: slot.kind, limit: limit)
            if let place {
                fields.entries[place].values.append(value)
                // Values without bytes cost nothing of the byte budget, so each value also costs one.
                budget -= 1
            } else {
                known.append(slot.field)
                fields.entries.append(.init(name: vocabulary.name(of: slot.field), values: [value]))
            }
        }

        /// Numbers that JSON readers would round stay text.
        private static func value(_ bytes: Span<UInt8>, kind: ValueKind, limit: Int) -> JSONValue {
            switch kind {
            case .null: return .null
            case .boolean: return .boolean(equalBytes(bytes, "true"))
            case .integer: if let number = decimal(bytes) { return .integer(number) }
            case .float:
                if bytes.count <= 32, let number = Double(String(decoding: bytes)), number.isFinite {
                    return .number(number)
                }
            case .string, .container: break
            }
            return .string(Bounded.text(bytes, limit: limit))
        }
    }
}

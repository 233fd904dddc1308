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
        self = PackedEvent(batch: batch, event: event, vocabulary: vocabulary).snapshot
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

// SPDX-License-Identifier: Apache-2.0
import Events

/// One event as values that can be compared, apart from its batch.
public struct SeenEvent: Equatable {
    /// One field of it.
    public struct Field: Equatable {
        /// The field's name.
        public var name: String
        /// Its bytes.
        public var value: [UInt8]
        /// What it was in the source.
        public var kind: ValueKind
    }

    /// Its log source.
    public var source: LogSource
    /// Whether it stands for several records.
    public var isDerived: Bool
    /// When it happened.
    public var time: Timestamp
    /// Number of its record.
    public var position: UInt64
    /// Its fields, in order.
    public var fields: [Field]
    /// Its evidence.
    public var record: [UInt8]
}

extension EventBatch {
    /// Copies the events out.
    public func seen(_ vocabulary: Vocabulary) -> [SeenEvent] {
        events.indices.map { index in
            let header = events[index]
            var fields: [SeenEvent.Field] = []
            forEachSlot(of: index) {
                fields.append(
                    .init(name: vocabulary.name(of: $0.field), value: Array(bytes[$0.range]), kind: $0.kind))
            }
            return SeenEvent(
                source: vocabulary.source(of: header.source), isDerived: header.isDerived, time: header.time,
                position: header.position, fields: fields, record: Array(bytes[header.record]))
        }
    }
}

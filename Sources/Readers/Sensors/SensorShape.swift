// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The log sources and field names of one sensor's events.
struct SensorShape {
    /// The names rules know its fields by.
    var names: FieldNames
    private let plain: LogSourceID
    private let table: [(name: [UInt8], source: LogSourceID)]

    init(_ sensor: any SensorFields.Type, _ vocabulary: Vocabulary) {
        names = FieldNames(sensor.names, vocabulary)
        plain = vocabulary.source(LogSource(product: "linux", service: sensor.service))
        table = sensor.categories.flatMap { category, events in
            let source = vocabulary.source(LogSource(product: "linux", category: category, service: sensor.service))
            return events.map { (Array($0.utf8), source) }
        }
    }

    /// The log source of an event by what the sensor calls it.
    func source(_ name: Span<UInt8>) -> LogSourceID {
        for entry in table where equalBytes(entry.name.span, name) { return entry.source }
        return plain
    }
}

extension JSONRecordReader {
    /// Adds the names rules know a sensor's fields by, and the user's number where it knows no name.
    static func addNames(
        _ shape: inout SensorShape, _ flattener: inout JSONFlattener, user: KnownField, from first: Int,
        in batch: inout EventBatch
    ) {
        let last = batch.slots.count
        flattener.stampFields(from: first, to: last, in: batch)
        for index in first..<last {
            let slot = batch.slots[index]
            let sigma = shape.names[slot.field]
            guard sigma != FieldTraits.none, slot.kind != .container, slot.kind != .null,
                !batch.holds(slot.range, "<NA>"), flattener.claim(sigma, for: slot.field)
            else { continue }
            batch.append(sigma, slot.range, kind: slot.kind)
        }
        if let user = flattener.slot(user, in: batch), flattener.claim(.user, for: .user) {
            batch.append(.user, user.range, kind: user.kind)
        }
    }
}

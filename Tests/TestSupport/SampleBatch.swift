// SPDX-License-Identifier: Apache-2.0
import Events

/// Makes batches of events out of names and values, as a reader would.
public struct SampleBatch {
    /// The vocabulary the batch speaks.
    public let vocabulary: Vocabulary
    /// The batch so far.
    public private(set) var batch = EventBatch()

    /// An empty batch read from a path.
    public init(vocabulary: Vocabulary = Vocabulary(), path: String = "sample.log") {
        self.vocabulary = vocabulary
        batch.path = path
    }

    /// Adds an event with text values.
    ///
    /// `position` counts from 1 where it is not given.
    public mutating func add(
        _ fields: KeyValuePairs<String, String>, source: LogSource, time: Int64? = nil, record: String = "",
        position: UInt64? = nil
    ) {
        let first = batch.slots.count
        for (name, value) in fields { batch.append(vocabulary.field(name), text: value) }
        let kept = batch.store(Array(record.utf8).span)
        batch.commit(
            time: time.map(Timestamp.init(nanoseconds:)) ?? .unknown, source: vocabulary.source(source),
            slotsFrom: first, record: kept, position: position ?? UInt64(batch.events.count + 1))
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Readers

/// Reads the same inputs again and again; two runs with different `times` differ in nothing but reading, so the
/// difference of their instruction or allocation counts is what reading costs.
enum ReadBench {
    static func run(inputs: [String], times: Int) -> [String: Any] {
        let vocabulary = Vocabulary()
        var events = 0
        var slots = 0
        for _ in 0..<times {
            for input in inputs {
                var source = EventPump(paths: [input], vocabulary: vocabulary)
                var batch = EventBatch()
                while source.next(&batch) {
                    events += batch.events.count
                    slots += batch.slots.count
                }
            }
        }
        return ["events": events / max(times, 1), "slots": slots / max(times, 1), "times": times]
    }
}

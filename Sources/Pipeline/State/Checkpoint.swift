// SPDX-License-Identifier: Apache-2.0
import Alerts
import Bytes
import Events
import Sigma

/// What a checkpoint holds: the pipeline, where its source stands, and what was told of alerts that are still open.
struct Checkpoint: Sendable {
    var holders: PipelineHolders
    var rules: RuleSet
    /// What the source wrote.
    var standing: [UInt8]
    /// By the id of an alert, the number of the change by which it was last told as if it were over.
    var told: [String: UInt64] = [:]

    /// Writes everything; costs as much as there is.
    func bytes(vocabulary: Vocabulary) -> [UInt8] {
        var state = StateWriter(vocabulary: vocabulary)
        holders.save(to: &state, rules: rules)
        state.write(standing)
        state.write(told.sorted { $0.key < $1.key }) { state, entry in
            state.write(entry.key)
            state.write(entry.value)
        }
        return state.bytes
    }

    /// What taking up a checkpoint gave besides the pipeline.
    struct Rest {
        var standing: [UInt8]
        var told: [String: UInt64] = [:]
        /// Sentences that say what was dropped.
        var dropped: [String]
        /// Alerts that closed because their rules are gone.
        var changes: [AlertChange]
    }

    /// Has a pipeline take up a checkpoint; refused in words as a whole.
    static func restore(
        _ bytes: [UInt8], into pipeline: DetectionPipeline, carriesOver: Bool
    ) throws(StateError) -> Rest {
        var state = StateReader(bytes, vocabulary: pipeline.vocabulary)
        let (dropped, changes) = try pipeline.restore(from: &state, carriesOver: carriesOver)
        var rest = Rest(standing: try state.readBytes(), dropped: dropped, changes: changes)
        for _ in 0..<(try state.readCount(size: 2)) { rest.told[try state.readString()] = try state.readUInt64() }
        guard state.isAtEnd else { throw .torn }
        return rest
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Bytes
import Detection
import Enrichment
import Events
import Sigma

/// Everything a pipeline must know to go on in another process, as it was at one moment.
///
/// Copies cost little: what is large is shared until the pipeline changes it.
///
/// SAFETY: of what is copied, `save` only reads values; the engine inside the policy, the one thing that is shared, is
/// not touched.
struct PipelineHolders: @unchecked Sendable {
    var clock: StreamClock
    var eventCount: UInt64
    var policy: AlertPolicy
    var twins: RecordTwins
    var correlator: Correlator
    var enricher: Enricher
    var folder: AlertFolder

    /// Writes all of it; the rules are those of the pipeline.
    func save(to state: inout StateWriter, rules: RuleSet) {
        clock.save(to: &state)
        state.write(eventCount)
        enricher.save(to: &state)
        saveFindings(to: &state, rules: rules)
    }

    /// Writes what depends on rules.
    func saveFindings(to state: inout StateWriter, rules: RuleSet) {
        policy.save(to: &state)
        twins.save(to: &state)
        correlator.save(to: &state)
        folder.save(to: &state, rules: rules, policy: policy)
    }
}

extension DetectionPipeline {
    /// What must be saved, as it is now; no run may be under way.
    var holders: PipelineHolders {
        PipelineHolders(
            clock: clock, eventCount: conclusion.eventCount, policy: conclusion.policy, twins: conclusion.twins,
            correlator: conclusion.correlator, enricher: enricher, folder: conclusion.folder)
    }

    /// Takes up what another process saved; the rules must be the same, or `carriesOver` be set.
    ///
    /// Gives sentences that say what was dropped, and changes of alerts whose rules are gone.
    /// What was refused has changed nothing.
    func restore(
        from state: inout StateReader, carriesOver: Bool
    ) throws(StateError) -> (dropped: [String], changes: [AlertChange]) {
        var fresh = holders
        try fresh.clock.restore(from: &state)
        fresh.eventCount = try state.readUInt64()
        try fresh.enricher.restore(from: &state)
        let found = try restoreFindings(&fresh, from: &state, carriesOver: carriesOver)
        put(fresh)
        return found
    }

    /// Goes on where a pipeline of other rules stands; what these rules do not know is dropped, which is told.
    func takeOver(from other: DetectionPipeline) throws(StateError) -> (dropped: [String], changes: [AlertChange]) {
        var writer = StateWriter(vocabulary: vocabulary)
        other.holders.saveFindings(to: &writer, rules: other.rules)
        var reader = StateReader(writer.bytes, vocabulary: vocabulary)
        var fresh = holders
        let found = try restoreFindings(&fresh, from: &reader, carriesOver: true)
        (fresh.clock, fresh.eventCount, fresh.enricher) = (other.clock, other.conclusion.eventCount, other.enricher)
        put(fresh)
        conclusion.sourceCounts = other.conclusion.sourceCounts
        (report, standing) = (other.report, other.standing)
        return found
    }

    private func put(_ holders: PipelineHolders) {
        clock = holders.clock
        enricher = holders.enricher
        conclusion.take(holders)
    }

    private func restoreFindings(
        _ fresh: inout PipelineHolders, from state: inout StateReader, carriesOver: Bool
    ) throws(StateError) -> (dropped: [String], changes: [AlertChange]) {
        var dropped = try fresh.policy.restore(from: &state)
        if carriesOver {
            dropped += try fresh.twins.carryOver(from: &state)
            dropped += try fresh.correlator.carryOver(from: &state)
        } else {
            try fresh.twins.restore(from: &state)
            try fresh.correlator.restore(from: &state)
        }
        var changes: [AlertChange] = []
        dropped += try fresh.folder.restore(from: &state, rules: rules, policy: fresh.policy, into: &changes)
        return (dropped, changes)
    }
}

extension RuleSet {
    /// Stands for everything a saved state depends on: what rules and correlations look for.
    package var stateDigest: SipHash.Digest {
        var digest = self.digest(ofRules: rules.indices)
        for key in correlationFingerprints() {
            digest.low = digest.low &* 31 &+ key.digest.low
            digest.high = digest.high &* 31 &+ key.digest.high
        }
        return digest
    }
}

// SPDX-License-Identifier: Apache-2.0
import Detection
import Enrichment
import Outputs
import Pipeline

extension DetectionPipeline.Outcome {
    /// What bounds cost the run, in words; only what happened.
    var losses: [HuntLoss] {
        [
            HuntLoss(
                "evicted_groups", correlationLosses.evictedGroups,
                "groups of correlations were given up before their window ended, for want of room"),
            HuntLoss(
                "forgotten_events", correlationLosses.forgottenEvents,
                "events that alerts of correlations might have shown were given up, for want of room"),
            HuntLoss(
                "late_hits", correlationLosses.lateHits, "matches came too late for the correlations that count them"),
            HuntLoss(
                "untimed_hits", correlationLosses.untimedHits, "matches without a time take no part in correlations"),
            HuntLoss(
                "regex_limits", UInt64(max(0, regexLimitsReached)),
                "searches of regular expressions were given up at their limit"),
            HuntLoss(
                "evicted_processes", enrichment.evicted,
                "processes were forgotten for want of room; what descends from them lacks its lineage"),
            HuntLoss(
                "truncated_values", enrichment.truncatedValues,
                "values of processes were too long to be remembered whole; what children tell of them ends early"),
            HuntLoss(
                "unfinished_layers", enrichment.unfinishedLayers,
                "command lines have more layers of code than were taken off"),
        ].filter { $0.count > 0 }
    }
}

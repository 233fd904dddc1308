// SPDX-License-Identifier: Apache-2.0
import Strategies

/// Pages about techniques, data, blind spots and assumptions.
extension StrategyFindingCatalogue {
    static let basis: [Entry] = [
        Entry(
            .techniqueMissing,
            "Without a technique the strategy is in no coverage figure and on no map.",
            "Name at least one technique id, e.g. T1059.006, in a `categorization` block."),
        Entry(
            .techniqueUnknown,
            "The pinned version of ATT&CK has no technique with this id: a slip of the pen, or an id of"
                + " another version.",
            "Look the id up on attack.mitre.org and state the version it belongs to."),
        Entry(
            .techniqueRevoked,
            "The technique was revoked or deprecated. Coverage figures no longer count it.",
            "Use the technique that took its place."),
        Entry(
            .tacticContradicts,
            "No technique named in the document belongs to the tactic it names, so one of the two is wrong.",
            "Name the tactic of the technique, or the technique that was meant."),
        Entry(
            .platformContradicts,
            "ATT&CK knows none of the techniques on this platform. Either the platform is not meant, or"
                + " another technique is.",
            "Leave the platform out, or name the technique it stands for."),
        Entry(
            .attackVersion,
            "The document states another version of ATT&CK than the data at hand. Ids are stable, but"
                + " techniques are split and revoked between versions.",
            "Check the ids against the version at hand and state it."),
        Entry(
            .mutableElementUnbound,
            "ATT&CK's analytics leave elements open that only the environment can fill: known images,"
                + " administrators, time windows. An unbound one is a decision nobody made.",
            "Bind it in `categorization.analytics` to `values`, to what is `learned`, or say why it stays"
                + " `unbound`."),
        Entry(
            .dataUndeclared,
            "Without declared data nobody can tell a quiet strategy from a blind one: whether the events it"
                + " needs arrive is never checked.",
            "Add a `data` block to Strategy Abstract that names log sources and fields."),
        Entry(
            .ruleWithoutData,
            "No entry of the `data` block has the log source of this rule, so nothing checks that its events"
                + " arrive.",
            "Declare the rule's log source."),
        Entry(
            .fieldWithoutSource,
            "The rule asks for a field that no declared data gives. If it never arrives, the rule never"
                + " fires, in silence.",
            "Add the field to the data requirement, or correct the field's name in the rule."),
        Entry(
            .blindSpotUnproven,
            "A blind spot in prose stays true only until somebody changes a rule. As a recorded expected miss"
                + " it runs with every test, and when it is caught one day, the document is known to be out of date.",
            "Record the evasion, add it to telemetry/cases.yml with kind miss, and name it as the `case` of"
                + " the blind spot."),
        Entry(
            .assumptionUnprobed,
            "An assumption nobody checks is the usual reason for a silent strategy: half of all failed"
                + " detections are faults of log collection.",
            "Give the assumption a `probe`: a command, a file, or a log source that must be seen."),
    ]
}

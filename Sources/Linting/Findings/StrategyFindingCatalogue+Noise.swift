// SPDX-License-Identifier: Apache-2.0
import Strategies

/// Pages about false positives, priority, references and response.
extension StrategyFindingCatalogue {
    static let noise: [Entry] = [
        Entry(
            .falsePositiveVague,
            "The description names no field, value, account or path, so neither a responder nor a filter can"
                + " tell this case from an attack. An item counts as concrete when it holds code, a quotation, a"
                + " path, a number, or a word that looks like a field (an inner capital, an underscore, `=`, `$`,"
                + " `@`, `*`). With a `suppressions` block the prose is not judged.",
            "Write what tells it apart, such as the account and the folder, best as a suppression with a"
                + " matcher."),
        Entry(
            .suppressionUnaccountable,
            "A suppression silences alerts. Without an owner nobody answers for it, and without an expiry it"
                + " outlives its reason.",
            "Add `owner` and `expires`."),
        Entry(
            .suppressionExpired,
            "From its day of expiry a suppression no longer works: what it silenced alerts again.",
            "Review it: set a new day with the owner's consent, or remove it."),
        Entry(
            .suppressionHidesAttack,
            "The recorded attack was replayed with the suppression in force, whatever its day of expiry, and an alert"
                + " that the attack must raise was silenced. An intruder who does the same would not be seen."
                + " `vedette hunt` refuses such a suppression, so what it was written for alerts as well.",
            "Narrow the matcher until it tells the benign activity from the attack: add the account, the parent or"
                + " the folder, or limit it with `rules`. If nothing tells them apart, it is a blind spot: move the"
                + " recording to a case of kind `miss` and say so in the document."),
        Entry(
            .suppressionUnchecked,
            "Whether the suppressions hide a recorded attack is found by replaying all attacks. One of them could"
                + " not be read in full, or its matcher cannot be evaluated, so nothing is known.",
            "Mend the recording that the message names."),
        Entry(
            .priorityUnconditional,
            "One level for every alert means that the responder does the sorting. A priority says what in an"
                + " alert makes it more or less urgent.",
            "Add a `priority` block with `criteria` over the alert's fields."),
        Entry(
            .ruleUnknown,
            "A name or id refers to a rule that the strategy does not have, so the reference has no effect.",
            "Correct it: a rule goes by the name of its file without .yml, by its `name`, and by its id."),
        Entry(
            .ruleAmbiguous,
            "Several rules of the strategy are called this, and nobody can tell which is meant. The reference has no"
                + " effect.",
            "Name the rule by its id, or by a `name` that no other rule has."),
        Entry(
            .caseUnknown,
            "A name refers to a recorded case that telemetry/cases.yml does not have.",
            "Correct the name, or record the case."),
        Entry(
            .casesUnreadable,
            "telemetry/cases.yml is not understood, so no case of the strategy is known and nothing can be"
                + " said about what they prove.",
            "Correct what the message names; docs/reference/strategy.md describes the keys."),
        Entry(
            .caseKind,
            "The case named is of another kind than the document says: a blind spot is shown by a miss, an"
                + " attack by an attack.",
            "Name the right case, or correct its kind."),
        Entry(
            .emulationUnknown,
            "The emulation named is not under emulations/. A reference is the file's name, `#`, and the"
                + " test's name or its slug.",
            "Correct the reference, or add the emulation."),
        Entry(
            .ruleUntested,
            "Nothing shows that the rule fires on what it is for, or that it is silent on what it is not for.",
            "Record both and list them in telemetry/cases.yml."),
        Entry(
            .responseGeneric,
            "The step begins with a verb that fits any alert and names nothing of this one: no field, no"
                + " command, no decision. A responder learns nothing from it.",
            "Say what to look at and what follows from what is seen: a field, a command, `if ... then ...`."),
        Entry(
            .responseWithoutDecision,
            "A response that decides nothing ends where it began: nobody learns what makes the alert benign"
                + " and what makes it an incident.",
            "Add decisions: `decide` in a `playbook` block, or sentences with if and otherwise."),
    ]
}

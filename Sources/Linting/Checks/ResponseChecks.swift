// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Does the response tell what to do with this alert, or with any.
enum ResponseChecks {
    private static let verbs: Set<String> = [
        "isolate", "review", "investigate", "conduct", "determine", "update", "monitor", "analyze", "analyse",
        "inspect",
        "identify", "assess", "escalate", "contain", "notify", "document", "check", "examine", "gather", "collect",
        "perform", "verify", "validate", "correlate", "remediate", "eradicate", "recover", "ensure", "consider", "look",
    ]
    private static let decisions: Set<String> = ["if", "when", "unless", "whether", "otherwise", "until", "→", "->"]

    static func check(_ subject: LintSubject, _ findings: inout Findings) {
        let document = subject.document
        let sections = document.sections(.response)
        guard !sections.isEmpty else { return }
        let playbook = document.blocks.playbook
        for step in playbook where isGeneric(step.action, hasCode: step.command != nil || !step.decisions.isEmpty) {
            findings.add(
                .responseGeneric, "'\(step.action.excerpt())' says neither what to look at nor what decides",
                at: step.location)
        }
        if !playbook.isEmpty {
            if playbook.allSatisfy(\.decisions.isEmpty) {
                findings.add(
                    .responseWithoutDecision, "no step of the playbook decides anything", at: playbook[0].location)
            }
            return
        }
        let passages = sections.flatMap(\.passages)
        for passage in passages where passage.kind == .item && isGeneric(passage.text, hasCode: !passage.code.isEmpty) {
            findings.add(
                .responseGeneric, "'\(passage.text.excerpt())' says neither what to look at nor what decides",
                at: passage.location)
        }
        if !passages.isEmpty, !passages.contains(where: { decides($0.text) }) {
            findings.add(.responseWithoutDecision, "nothing in the response decides anything", at: sections[0].location)
        }
    }

    /// Whether a step begins with a verb that fits any alert and names nothing of this one.
    static func isGeneric(_ text: String, hasCode: Bool) -> Bool {
        guard !hasCode, !decides(text) else { return false }
        let words = text.lowercased().split { !$0.isLetter }.map(String.init)
        guard let verb = words.first(where: { !$0.hasSuffix("ly") && $0 != "the" }), verbs.contains(verb) else {
            return false
        }
        let passage = Passage(kind: .item, text: text, depth: 1, location: SourceLocation(file: ""))
        return !Concreteness.namesSomething(passage)
    }

    /// Whether a text makes something depend on something.
    ///
    /// "Determine if" and "determine whether" ask without saying what follows from the answer.
    private static func decides(_ text: String) -> Bool {
        let words = text.lowercased().split { $0.isWhitespace || $0 == "," }.map(String.init)
        return words.indices.contains { index in
            decisions.contains(words[index])
                && !(index > 0 && ["determine", "check", "see", "verify", "assess"].contains(words[index - 1]))
                && !words[index...].starts(with: ["when", "the", "alert", "fires"])
        }
    }
}

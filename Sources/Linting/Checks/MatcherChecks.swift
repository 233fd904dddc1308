// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import Strategies

/// Can the matchers of priority and suppressions be compiled: one that cannot never holds.
enum MatcherChecks {
    static func check(_ subject: LintSubject, _ findings: inout Findings) {
        let matchers = subject.document.blocks.matchers
        guard !matchers.rules.isEmpty else { return }
        findings.all += Engine(rules: matchers, vocabulary: Vocabulary()).diagnostics
    }
}

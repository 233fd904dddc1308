// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Outputs
import Sigma

/// What a hunt came to.
struct HuntOutcome {
    var summary: HuntSummary
    /// The highest level among alerts that are not suppressed.
    var highest: Level?
    /// Whether a strategy's document holds what could not be used.
    var hasPolicyProblems = false

    /// Whether anything was not as it should be.
    var hasProblems: Bool { !summary.problems.isEmpty || summary.rulesRefused > 0 || hasPolicyProblems }
    /// Whether there was input and not one event came of it.
    var isBlind: Bool { summary.events == 0 && !summary.problems.isEmpty }

    /// The summary for people.
    var summaryText: String { summary.text(style: TableStyle(terminal: Terminal(descriptor: 2))) }

    /// Writes the summary as JSON, whole or not at all.
    func writeSummary(to path: String) throws {
        do {
            try Data((summary.json.text + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Failure("\(path): the summary cannot be written (\(error.localizedDescription))")
        }
    }
}

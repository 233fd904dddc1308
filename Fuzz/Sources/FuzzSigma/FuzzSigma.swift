// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Sigma

/// Rule files: every document is loaded or refused, every finding lies inside the file, and loading twice gives the same.
@main struct FuzzSigma: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        let loader = RuleLoader()
        let set = loader.load(text: text, file: "rule.yml")
        let errors = set.diagnostics.count { $0.severity == .error }
        Invariants.require(errors >= set.refused, "\(set.refused) documents were refused with \(errors) errors")
        // YAML also breaks lines at CR, NEL, LS and PS.
        let lines = 1 + text.unicodeScalars.count { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) }
        for diagnostic in set.diagnostics {
            Invariants.require(
                diagnostic.location.line <= lines + 1, "a finding lies in line \(diagnostic.location.line) of \(lines)")
            Invariants.bounded(diagnostic.message.utf8.count, by: input.count, "message")
        }
        Invariants.bounded(64 * set.diagnostics.count, by: input.count, "diagnostics")
        for correlation in set.correlations {
            for member in correlation.members {
                switch member {
                case .rule(let rule): Invariants.require(set.rules.indices.contains(rule), "a member does not exist")
                case .correlation(let other):
                    Invariants.require(set.correlations.indices.contains(other), "a member does not exist")
                }
            }
        }
        let again = loader.load(text: text, file: "rule.yml")
        Invariants.require(again.rules == set.rules && again.diagnostics == set.diagnostics, "loading twice differs")
    }
}

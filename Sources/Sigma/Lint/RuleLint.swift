// SPDX-License-Identifier: Apache-2.0

/// Looks for what is legal in a rule but seldom meant, or missing for those who work with its alerts.
///
/// What the loader already reported (in `RuleSet.diagnostics`) is not repeated. Searches that filters joined to a rule
/// are left out: they belong to the filter.
public enum RuleLint {
    /// The findings about a rule set, in the order of files and lines.
    public static func check(_ set: RuleSet) -> [Diagnostic] {
        var findings = Findings()
        for rule in set.rules {
            MetadataLint.check(rule.metadata, &findings)
            MetadataLint.checkFalsePositives(rule.metadata, &findings)
            SearchLint.check(rule, &findings)
        }
        for correlation in set.correlations { MetadataLint.check(correlation.correlation.metadata, &findings) }
        let documents = set.rules.map(\.metadata) + set.correlations.map(\.correlation.metadata)
        MetadataLint.checkUnique(documents, &findings)
        return findings.diagnostics.sorted { left, right in
            let (a, b) = (left.location, right.location)
            return (a.file, a.line, a.column, left.code) < (b.file, b.line, b.column, right.code)
        }
    }

    /// What was found so far.
    ///
    /// The severity of a finding is that of its page in the catalogue.
    struct Findings {
        private(set) var diagnostics: [Diagnostic] = []

        private static let severities = Dictionary(
            SigmaDiagnosticCatalogue.all.map { ($0.code, $0.severity) }, uniquingKeysWith: { first, _ in first })

        /// Keeps a finding.
        mutating func add(_ code: SigmaDiagnosticCode, _ message: String, at location: SourceLocation) {
            let severity = Self.severities[code.rawValue] ?? .warning
            diagnostics.append(Diagnostic(severity, code.rawValue, message, at: location))
        }
    }
}

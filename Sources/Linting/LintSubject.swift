// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// What is checked: a document, and what stands beside it when it belongs to a strategy's folder.
public struct LintSubject: Sendable {
    /// The document.
    public var document: StrategyDocument
    /// Whether it belongs to a strategy's folder, so that what it refers to must be there.
    public var isStrategy = false
    /// The strategy's rules and correlations.
    public var rules = RuleSet()
    /// The recorded cases.
    public var cases: [TelemetryCase] = []
    /// The emulations, each file's tests.
    public var emulations: [Emulation] = []
    /// What was found while reading what stands beside the document.
    public var diagnostics: [Diagnostic] = []

    /// A document alone.
    public init(document: StrategyDocument) { self.document = document }

    /// A strategy with its rules, cases and emulations.
    public init(_ loaded: LoadedStrategy) {
        document = loaded.document
        isStrategy = true
        rules = loaded.rules
        cases = loaded.cases
        emulations = loaded.emulations
        diagnostics = loaded.diagnostics
    }
}

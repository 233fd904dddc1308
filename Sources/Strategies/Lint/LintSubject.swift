// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma

/// What is checked: a document, and what stands beside it when it belongs to a strategy's folder.
public struct LintSubject: Sendable {
    /// The document.
    public var document: StrategyDocument
    /// The strategy's folder; nil for a document alone.
    public var folder: String?
    /// The strategy's rules and correlations.
    public var rules = RuleSet()
    /// The recorded cases; nil when there is no `telemetry/cases.yml`.
    public var cases: [RecordedCase]?
    /// The emulations, each file's tests.
    public var emulations: [Emulation] = []
    /// What was found while reading cases and emulations.
    public var diagnostics: [Diagnostic] = []

    /// A document alone.
    public init(document: StrategyDocument) { self.document = document }

    /// A strategy with its rules, cases and emulations.
    public init(strategy: Strategy) {
        document = strategy.document
        folder = strategy.path
        let manager = FileManager.default
        if manager.fileExists(atPath: strategy.rulesPath) { rules = RuleLoader().load(paths: [strategy.rulesPath]) }
        let casesPath = strategy.path + "/telemetry/cases.yml"
        if let data = manager.contents(atPath: casesPath) {
            let reading = RecordedCase.read(String(decoding: data, as: UTF8.self), file: casesPath)
            cases = reading.cases
            diagnostics += reading.diagnostics
        }
        let emulationFolder = strategy.path + "/emulations"
        for name in ((try? manager.contentsOfDirectory(atPath: emulationFolder)) ?? []).sorted() {
            guard name.hasSuffix(".yml") || name.hasSuffix(".yaml"),
                let data = manager.contents(atPath: emulationFolder + "/" + name)
            else { continue }
            let file = emulationFolder + "/" + name
            let reading = Emulation.read(String(decoding: data, as: UTF8.self), file: file)
            emulations += reading.emulations
            diagnostics += reading.diagnostics
        }
    }

    /// Ids, names and titles by which rules and correlations of the strategy may be referred to.
    var ruleIDs: Set<String> {
        let all = rules.rules.map(\.metadata) + rules.correlations.map(\.correlation.metadata)
        return Set(all.flatMap { [$0.id, $0.name].compactMap(\.self) })
    }
}

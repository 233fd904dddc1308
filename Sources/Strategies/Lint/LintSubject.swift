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
    public var cases: [TelemetryCase]?
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
        if manager.fileExists(atPath: strategy.path + "/telemetry/cases.yml") {
            do throws(StrategyError) {
                cases = try TelemetryCases.read(strategy)
            } catch {
                diagnostics.append(StrategyFindingCode.casesUnreadable.diagnostic(error.message, at: Self.place(error)))
            }
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

    /// The place an error names as `file:line`.
    private static func place(_ error: StrategyError) -> SourceLocation {
        let parts = error.path.split(separator: ":")
        guard parts.count > 1, let line = Int(parts[1]) else { return SourceLocation(file: error.path) }
        return SourceLocation(file: String(parts[0]), line: line)
    }

    /// Ids and names by which rules and correlations of the strategy may be referred to.
    var ruleIDs: Set<String> {
        let all = rules.rules.map(\.metadata) + rules.correlations.map(\.correlation.metadata)
        return Set(all.flatMap { [$0.id, $0.name].compactMap(\.self) })
    }
}

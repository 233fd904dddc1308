// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Linting
import Proving
import Sigma
import Strategies

/// Checks what was found below the paths of a call.
struct LintRun {
    /// The findings in the order of files and lines.
    private(set) var findings: [Diagnostic] = []
    /// What was looked at, for people.
    private(set) var summary = ""

    init(targets: LintTargets, pipelines: [String], usesCache: Bool = true) throws {
        let lint = StrategyLint(attack: PinnedAttack(), python: PythonInspector(), today: Self.today())
        var all: [Diagnostic] = []
        for document in targets.documents { all += lint.check(LintSubject(document: document)) }
        let cache = usesCache ? RuleCache(environment: ProcessInfo.processInfo.environment) : nil
        var examiner = StrategyExaminer(lint: lint, memory: ReplayMemory(cache))
        for strategy in targets.strategies {
            all += examiner.findings(about: LoadedStrategy(strategy, cache: cache))
        }
        for note in examiner.memory.notes { Console.note("note: \(note)") }
        let folders = targets.strategies.map(\.rulesPath).filter { FileManager.default.fileExists(atPath: $0) }
        let options = try RuleOptions.parse(
            (folders + targets.ruleFiles).flatMap { ["--rules", $0] } + pipelines.flatMap { ["--pipeline", $0] }
                + (usesCache ? [] : ["--no-cache"]))
        var parts: [String] = []
        if !folders.isEmpty || !targets.ruleFiles.isEmpty {
            let rules = try options.load(try options.catalog())
            all += StrategyExaminer.findings(about: rules)
            all += Self.adsFindings(rules, files: Set(targets.ruleFiles), lint)
            parts.append("\(rules.rules.count.counted("rule")), \(rules.correlations.count.counted("correlation"))")
            parts.append("\(rules.refused) refused")
        }
        if !targets.strategies.isEmpty || !targets.documents.isEmpty {
            parts.insert(
                targets.strategies.count.counted("strategy", "strategies") + ", "
                    + targets.documents.count.counted("document"), at: 0)
        }
        summary = parts.isEmpty ? "nothing to check here" : parts.joined(separator: ", ")
        var seen: Set<Diagnostic> = []
        findings = all.filter { seen.insert($0).inserted }
            .sorted {
                ($0.location.file, $0.location.line, $0.location.column, $0.code)
                    < ($1.location.file, $1.location.line, $1.location.column, $1.code)
            }
    }

    /// The findings about strategies that rules carry in themselves.
    private static func adsFindings(_ rules: RuleSet, files: Set<String>, _ lint: StrategyLint) -> [Diagnostic] {
        rules.rules.filter { files.contains($0.metadata.location.file) }
            .compactMap { RuleDocument($0) }.filter { !$0.isExempt }.flatMap {
                lint.check(LintSubject(document: $0.document))
            }
    }

    /// Today in UTC, `YYYY-MM-DD`.
    private static func today() -> String {
        Date().formatted(.iso8601.year().month().day())
    }
}

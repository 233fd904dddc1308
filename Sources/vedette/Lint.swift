// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bytes
import Detection
import Events
import Foundation
import Linting
import Sigma
import Strategies

/// `vedette lint`: says what is wrong with strategies and rules, and where.
struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks strategies and rules and says what is wrong, where, and how to mend it.",
        usage: "vedette lint [<options>] [<paths> ...]",
        discussion: """
            Takes strategies' folders, documents alone (Markdown or text with the headings of an alerting and \
            detection strategy), rule files, and folders of all of these. An error means that something does not \
            hold or is refused. A warning means that it probably does not do what its author meant. Notes are shown \
            with --notes.

            EXAMPLES
              vedette lint Strategies/
              vedette lint report.md
              vedette lint --pipeline windows.yml rules/
              vedette lint --format sarif Strategies/ > findings.sarif
              vedette lint --explain module-without-main

            EXIT CODES
              0  nothing to complain about
              1  an error (with --strict also a warning)
              2  the call is wrong
            """)

    @Option(help: ArgumentHelp("Explains a kind of finding and ends.", valueName: "code"))
    var explain: String?

    @Option(
        name: .customLong("pipeline"),
        help: ArgumentHelp("A processing pipeline to apply to rules before checking. Repeatable.", valueName: "file"))
    var pipelines: [String] = []

    @Option(help: "How findings are written: text, json or sarif (2.1.0).", transform: LintFormat.named)
    var format = LintFormat.text

    @Flag(help: "Shows notes too.")
    var notes = false

    @Flag(help: "Ends with code 1 on warnings as well.")
    var strict = false

    @OptionGroup var cacheOptions: CacheOptions

    @Argument(help: "Strategies, documents, rule files, and folders of them.")
    var paths: [String] = []

    mutating func validate() throws {
        if explain == nil && paths.isEmpty {
            throw ValidationError("name what to check: strategies, documents, rule files or folders")
        }
    }

    mutating func run() throws {
        if let explain { return try explainCode(explain) }
        let targets = try LintTargets(paths: paths)
        let run = try LintRun(targets: targets, pipelines: pipelines, usesCache: !cacheOptions.isOff)
        let findings = run.findings.filter { notes || $0.severity != .note }
        let report = LintReport(findings: findings, version: Vedette.version)
        switch format {
        case .text: print(report.text, terminator: "")
        case .json: print(try report.json, terminator: "")
        case .sarif: print(try report.sarif, terminator: "")
        }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count { $0.severity == .warning }
        Console.note("\(run.summary); \(errors.counted("error")), \(warnings.counted("warning"))")
        if errors > 0 || (strict && warnings > 0) { throw ExitCode(1) }
    }

    private func explainCode(_ code: String) throws {
        if let entry = StrategyFindingCatalogue.entry(for: code) {
            return print("\(entry.code) (\(entry.severity.rawValue))\n\n\(entry.explanation)\n\nMend: \(entry.mend)")
        }
        guard let entry = SigmaDiagnosticCatalogue.entry(for: code) else {
            let known = (SigmaDiagnosticCatalogue.all.map(\.code) + StrategyFindingCatalogue.all.map(\.code)).sorted()
            throw Failure(
                "`\(code)` is no kind of finding\(NearestName.hint(for: code, among: known)); there are: \(known.joined(separator: ", "))"
            )
        }
        print("\(entry.code) (\(entry.severity.rawValue))\n\n\(entry.explanation)\n\nMend: \(entry.mend)")
    }
}

/// How findings are written.
enum LintFormat: String, CaseIterable {
    case text, json, sarif
}

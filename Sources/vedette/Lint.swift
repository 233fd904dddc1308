// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Detection
import Events
import Foundation
import Sigma

/// `vedette lint`: says what is wrong with rules, and where.
struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks rules and says what is wrong, where, and how to mend it.",
        discussion: """
            An error means that the rule is refused. A warning means that the rule is used but probably does not do what
            its author meant. Notes are shown with --notes.

            EXAMPLES
              vedette lint rules/
              vedette lint --pipeline windows.yml rules/
              vedette lint --explain unknown-modifier

            EXIT CODES
              0 nothing to complain about   1 an error (with --strict also a warning)   2 the call is wrong
            """)

    @Option(help: ArgumentHelp("Explains a kind of finding and ends.", valueName: "code"))
    var explain: String?

    @Option(
        name: .customLong("pipeline"),
        help: ArgumentHelp("A processing pipeline to apply before checking. Repeatable.", valueName: "file"))
    var pipelines: [String] = []

    @Flag(help: "Shows notes too.")
    var notes = false

    @Flag(help: "Ends with code 1 on warnings as well.")
    var strict = false

    @Argument(help: "Rule files and folders.")
    var paths: [String] = []

    mutating func validate() throws {
        if explain == nil && paths.isEmpty { throw ValidationError("name what to check: rule files or folders") }
    }

    mutating func run() throws {
        if let explain { return try explainCode(explain) }
        for path in paths where !FileManager.default.fileExists(atPath: path) {
            throw Failure("\(path): no such file or folder")
        }
        let options = try RuleOptions.parse(
            paths.flatMap { ["--rules", $0] } + pipelines.flatMap { ["--pipeline", $0] })
        let rules = try options.load(try options.catalog())
        let findings =
            (rules.diagnostics + RuleLint.check(rules)
            + Engine(rules: rules, vocabulary: Vocabulary()).diagnostics)
            .filter { notes || $0.severity != .note }
            .sorted { ($0.location.file, $0.location.line, $0.code) < ($1.location.file, $1.location.line, $1.code) }
        for finding in findings {
            print("\(finding.location): \(finding.severity.rawValue): \(finding.message) [\(finding.code)]")
        }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count { $0.severity == .warning }
        Console.note(
            "\(rules.rules.count) rules, \(rules.correlations.count) correlations; "
                + "\(rules.refused) documents refused, \(errors) errors, \(warnings) warnings")
        if errors > 0 || (strict && warnings > 0) { throw ExitCode(1) }
    }

    private func explainCode(_ code: String) throws {
        guard let entry = SigmaDiagnosticCatalogue.entry(for: code) else {
            let known = SigmaDiagnosticCatalogue.all.map(\.code).sorted().joined(separator: ", ")
            throw Failure("`\(code)` is no kind of finding; there are: \(known)")
        }
        print("\(entry.code) (\(entry.severity.rawValue))\n\n\(entry.explanation)\n\nMend: \(entry.mend)")
    }
}

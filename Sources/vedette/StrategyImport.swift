// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Linting
import Sigma
import Strategies

/// `vedette strategy import`: makes a strategy of a foreign document.
struct StrategyImport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Makes a strategy's folder of a document written elsewhere.",
        discussion: """
            Reads a Palantir-style document whatever its headings are called, or a Sigma rule that carries \
            rsigma.ads attributes. Sections are carried over as they are, techniques are recognised, and commands of \
            the validation become draft emulations. What is missing is listed on standard error.

            EXAMPLES
              vedette strategy import report.md
              vedette strategy import rule.yml --to Strategies

            EXIT CODES
              0  done
              2  the call or its input is wrong, or the folder exists
            """)

    @Argument(help: "The document or rule file.")
    var file: String

    @Option(help: ArgumentHelp("The folder in which the strategy's folder is made.", valueName: "folder"))
    var to = "."

    mutating func run() throws {
        guard FileManager.default.fileExists(atPath: file) else { throw Failure("\(file): no such file") }
        let imported = try StrategyImporter.read(file)
        let folder = try imported.write(to: to)
        print(folder)
        guard let strategy = try Strategy(path: folder) else {
            throw Failure("\(folder): the strategy cannot be read back")
        }
        let subject = LintSubject(LoadedStrategy(strategy))
        let today = Date().formatted(.iso8601.year().month().day())
        let findings = StrategyLint(attack: PinnedAttack(), python: PythonInspector(), today: today).check(subject)
        for note in imported.notes { Console.note("note: \(note)") }
        for finding in findings where finding.severity != .note {
            Console.note("\(finding.location): \(finding.severity.rawValue): \(finding.message) [\(finding.code)]")
        }
        Console.note(
            "\(findings.count { $0.severity == .error }.counted("thing is", "things are")) missing or wrong; `vedette lint \(folder)` lists all of it"
        )
    }
}

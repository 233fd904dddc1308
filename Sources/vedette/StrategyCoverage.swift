// SPDX-License-Identifier: Apache-2.0
import Alerts
import ArgumentParser
import Foundation
import Outputs
import Linting
import Proving
import Strategies

/// `vedette strategy coverage`: techniques against strategies and rules, with what is proved and since when.
struct StrategyCoverage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Shows which ATT&CK techniques are covered, how well that is proved, and since when.",
        usage: "vedette strategy coverage [<options>]",
        discussion: """
            Proof levels are found out now: the documents and rules are read, the recorded telemetry is replayed. \
            What a replay of the very same files found is remembered; --no-cache replays all of it.

              0  nothing beyond prose         1  lints clean
              2  every rule fires and stays silent as its recorded telemetry says

            EXAMPLES
              vedette strategy coverage
              vedette strategy coverage --output navigator --to layer.json
              vedette strategy coverage --output html --to strategies.html

            EXIT CODES
              0  done
              1  less than --at-least is proved
              2  the call or its input is wrong
            """)

    /// How coverage is shown.
    enum Form: String, CaseIterable {
        case table, navigator, html, json
    }

    @Option(
        name: .customLong("strategies"),
        help: ArgumentHelp("A strategy's folder, or a folder of such. Repeatable.", valueName: "path"))
    var strategyPaths: [String] = []

    @Option(
        help:
            "A table, a layer for ATT&CK Navigator, a page with the strategies, or JSON: table, navigator, html or json.",
        transform: Form.named)
    var output: Form = .table

    @Option(name: .customLong("to"), help: ArgumentHelp("Writes to a file, whole or not at all.", valueName: "file"))
    var target: String?

    @Option(help: ArgumentHelp("Ends with code 1 when a strategy's proof level is lower.", valueName: "level"))
    var atLeast: Int = 0

    @OptionGroup var cacheOptions: CacheOptions

    mutating func validate() throws {
        guard (0...5).contains(atLeast) else { throw ValidationError("--at-least takes a proof level, 0 to 5") }
    }

    mutating func run() throws {
        let catalog = try RuleOptions.parse(strategyPaths.flatMap { ["--strategies", $0] }).catalog()
        let date = Date().formatted(.iso8601)
        let cache = cacheOptions.cache
        let lint = StrategyLint(attack: PinnedAttack(), python: PythonInspector(), today: String(date.prefix(10)))
        var examiner = StrategyExaminer(lint: lint, memory: ReplayMemory(cache))
        var entries: [CatalogueEntry] = []
        for strategy in catalog.strategies {
            entries.append(
                CatalogueEntry(try examiner.proof(of: LoadedStrategy(strategy, cache: cache), date: date)))
        }
        for note in examiner.memory.notes { Console.note("note: \(note)") }
        let coverage = Coverage(entries.map(\.strategy), date: date)
        let text =
            switch output {
            case .table: CoverageText(coverage, style: style).text
            case .navigator: coverage.navigatorLayer().text + "\n"
            case .html: Catalogue(entries, coverage: coverage).page
            case .json: coverage.json.text + "\n"
            }
        try write(text)
        let weak = entries.map(\.strategy).filter { $0.proof.level.rawValue < atLeast }
        for strategy in weak {
            Console.note("\(strategy.id): proof level \(strategy.proof.level.rawValue), \(atLeast) is asked for")
        }
        if !weak.isEmpty { throw ExitCode(1) }
    }

    private func write(_ text: String) throws {
        guard let target else {
            var out = ByteOutput(descriptor: 1)
            try out.write(text)
            return try out.flush()
        }
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: target), options: .atomic) } catch {
            throw Failure("\(target): cannot be written; check that its folder exists and may be written to")
        }
    }

    /// A file is not a terminal: no colours, and lines as long as they need be.
    private var style: TableStyle {
        target == nil ? TableStyle(terminal: Terminal(descriptor: 1)) : TableStyle(width: 120)
    }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bytes
import Foundation
import Proving
import Strategies

/// `vedette strategy test`: replays recorded telemetry and says whether the rules did what the cases ask for.
struct StrategyTest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Replays the recorded telemetry of strategies.",
        usage: "vedette strategy test [<options>] [<names> ...]",
        discussion: """
            Every attack must fire exactly the rules its case lists, every benign case and every expected miss must \
            stay silent, every rule needs a case in which it fires and one in which it stays silent, and no \
            suppression may hide an attack. All of that is proof level 2.

            EXAMPLES
              vedette strategy test
              vedette strategy test python-execution --junit results.xml
              vedette strategy test --strategies my-strategies --verbose

            EXIT CODES
              0  everything came out as asked for
              1  something did not
              2  the call or its input is wrong
            """)

    @Option(
        name: .customLong("strategies"),
        help: ArgumentHelp("A strategy's folder, or a folder of such. Repeatable.", valueName: "path"))
    var strategyPaths: [String] = []

    @Option(help: ArgumentHelp("Also writes the results as JUnit XML.", valueName: "file"))
    var junit: String?

    @Flag(help: "Lists cases that passed, too.")
    var verbose = false

    @OptionGroup var cacheOptions: CacheOptions

    @Argument(help: "Names of strategies; all when left out.")
    var names: [String] = []

    mutating func run() throws {
        let catalog = try RuleOptions.parse(strategyPaths.flatMap { ["--strategies", $0] }).catalog()
        for name in names where !catalog.strategies.contains(where: { $0.id == name }) {
            let known = catalog.strategies.map(\.id)
            throw Failure(
                "`\(name)` is no strategy here\(NearestName.hint(for: name, among: known)); there are: "
                    + known.joined(separator: ", ") + "; --strategies names other folders")
        }
        var memory = ReplayMemory(cacheOptions.cache)
        var reports: [StrategyTestReport] = []
        for strategy in catalog.strategies where names.isEmpty || names.contains(strategy.id) {
            let loaded = LoadedStrategy(strategy, cache: cacheOptions.cache)
            // A test is for seeing it happen; what it finds is remembered for coverage.
            let report = try StrategyTester().run(loaded, memory: &memory, anew: true)
            print(StrategyTestText(report, isVerbose: verbose).text)
            reports.append(report)
        }
        for note in memory.notes { Console.note("note: \(note)") }
        if let junit {
            let page = Data(StrategyTestJUnit(reports).xml.utf8)
            do { try page.write(to: URL(fileURLWithPath: junit), options: .atomic) } catch {
                throw Failure("\(junit): cannot be written; check that its folder exists and may be written to")
            }
        }
        if !reports.allSatisfy(\.passed) { throw ExitCode(1) }
    }
}

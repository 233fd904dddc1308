// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Linting

/// `vedette strategy new`: starts a strategy.
struct StrategyNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Starts a strategy: a document to fill in, one rule, and telemetry that tests it.",
        discussion: """
            EXAMPLES
              vedette strategy new suspicious-curl
              vedette strategy new suspicious-curl --to Strategies

            EXIT CODES
              0  done
              2  the call is wrong, or the folder exists
            """)

    @Argument(help: "The name: lower-case words joined by dashes.")
    var name: String

    @Option(help: ArgumentHelp("The folder in which the strategy's folder is made.", valueName: "folder"))
    var to = "."

    mutating func run() throws {
        let folder = try StrategySkeleton(name: name).write(to: to)
        print(folder)
        Console.note(
            "next: write \(folder)/strategy.md, then `vedette lint \(folder)` and `vedette strategy test --strategies \(folder)`"
        )
    }
}

// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `vedette strategy`: work on strategies themselves.
struct StrategyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strategy",
        abstract: "Tests and shows strategies.",
        subcommands: [StrategyTest.self, StrategyCoverage.self])
}

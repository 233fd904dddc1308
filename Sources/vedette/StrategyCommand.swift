// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `vedette strategy`: work on strategies themselves.
struct StrategyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strategy",
        abstract: "Starts, imports, tests and shows alerting and detection strategies.",
        subcommands: [
            StrategyNew.self,
            StrategyImport.self,
            StrategyTest.self,
            StrategyCoverage.self,
        ])
}

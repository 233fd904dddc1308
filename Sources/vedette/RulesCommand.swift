// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// `vedette rules`: looks at rule sets.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Looks at rule sets.",
        subcommands: [RulesExplainPlan.self])
}

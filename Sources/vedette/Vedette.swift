// SPDX-License-Identifier: Apache-2.0
import Alerts
import ArgumentParser
import Foundation
import Outputs

/// The command line.
@main
struct Vedette: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vedette",
        abstract: "Runs alerting and detection strategies over security telemetry.",
        discussion: """
            EXAMPLES
              vedette hunt /var/log/audit                   hunt with the shipped strategies
              vedette hunt --rules sigma/rules logs.jsonl   hunt with rules of your own
              vedette lint my-rules                         say what is wrong with rules and strategies
              vedette rules explain-plan --rules my-rules   show what rules are compiled into
              vedette strategy new my-strategy              start a strategy

            EXIT CODES
              0  done
              1  the thing asked about did not hold
              2  the call or its input is wrong
            """,
        version: version,
        subcommands: [Hunt.self, Lint.self, RulesCommand.self, StrategyCommand.self])

    static let version = "0.1.0"

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let error as OutputError where error.number == EPIPE {
            // Whoever read the output has seen enough (`| head`); where the signal is not ignored it ends the program.
            Foundation.exit(128 + SIGPIPE)
        } catch {
            let message = fullMessage(for: error)
            // Help and version are asked for: they go to standard output and are a success.
            guard exitCode(for: error) != .success else {
                print(message)
                Foundation.exit(0)
            }
            if !message.isEmpty { Console.note(message) }
            Foundation.exit((error as? ExitCode)?.rawValue ?? 2)
        }
    }
}

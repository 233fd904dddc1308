// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

@main
struct Vedette: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "vedette")
}

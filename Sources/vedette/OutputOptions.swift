// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Outputs

/// Where alerts go, and how the table looks.
struct OutputOptions: ParsableArguments {
    @Option(
        name: .customLong("output"),
        help: ArgumentHelp(
            "How alerts are written, and where: table, jsonl, ocsf, csv (a timeline) or html (one page), to standard output or to a file. Repeatable. (default: table)",
            valueName: "format[=file]"),
        transform: OutputOptions.request)
    var given: [OutputRequest] = []

    @Flag(
        inversion: .prefixedNo,
        help: "Begins the table with an overview and shows the most urgent alerts only. (default: on a terminal)")
    var overview: Bool?

    @Flag(help: "Shows every alert behind the overview.")
    var all = false

    @Flag(help: "Leaves next steps and blind spots out of the table.")
    var brief = false

    private static func request(_ argument: String) throws -> OutputRequest {
        do { return try OutputRequest(argument: argument) } catch { throw ValidationError(error.description) }
    }

    mutating func validate() throws {
        do { try OutputRequest.check(requests) } catch { throw ValidationError(error.description) }
    }

    /// What is asked for; the table when nothing is.
    var requests: [OutputRequest] { given.isEmpty ? [OutputRequest(.table)] : given }

    /// Opens all outputs.
    ///
    /// - Parameters:
    ///   - settings: What they share; what was given on the command line is put into it.
    func sinks(_ settings: OutputSettings) throws -> AlertSinks {
        var settings = settings
        settings.isBrief = brief
        settings.hasOverview = overview
        settings.showsAll = all
        // Whoever reads standard output may have seen enough (`| head`); the files are wanted all the same.
        if requests.contains(where: { $0.file != nil }) { signal(SIGPIPE, SIG_IGN) }
        return try AlertSinks(requests, settings: settings)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import ArgumentParser
import Events
import Foundation
import Outputs
import Readers
import Sigma

/// `vedette hunt`: recorded telemetry in, explained alerts out.
struct Hunt: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Evaluates rules over recorded telemetry and prints the alerts.",
        discussion: """
            Reads files, folders and standard input (-), compressed with gzip or zstd or not. What an input is, is \
            found from its content: raw auditd and its wrappers, Sysmon for Linux, Windows event logs (.evtx), their \
            XML and JSON, ECS JSON, Docker events and inspect documents, Kubernetes audit, syslog.

            EXAMPLES
              vedette hunt /var/log/audit/audit.log
              vedette hunt --rules sigma/rules --min-level high evidence/
              zcat big.json.gz | vedette hunt --output jsonl - > alerts.jsonl
              vedette hunt --log-source product=zeek,service=conn conn.json
              vedette hunt --fail-on high --output ocsf logs/
              vedette hunt --follow --state /var/lib/vedette --output jsonl /var/log/audit
              vedette hunt --output csv=timeline.csv --output html=report.html logs/

            EXIT CODES
              0  done
              1  an alert has the level of --fail-on or a higher one
              2  the call or its input is wrong
            """)

    @OptionGroup var ruleOptions: RuleOptions

    @OptionGroup var outputOptions: OutputOptions

    @Option(
        name: .customLong("min-level"),
        help: "The lowest level shown: informational, low, medium, high or critical.", transform: Level.named)
    var minimumLevel = Level.informational

    @Option(
        help: ArgumentHelp("Ends with code 1 when an alert has this level or a higher one.", valueName: "level"),
        transform: Level.named)
    var failOn: Level?

    @Option(
        help: ArgumentHelp(
            "What every input is, where its content misleads: \(Format.allCases.filter { ![.empty, .binary].contains($0) }.map(\.rawValue).joined(separator: ", ")).",
            valueName: "format"), transform: Format.named)
    var format: Format?

    @Option(
        help: ArgumentHelp(
            "The log source of JSON that does not say what it is.", valueName: "product=…,category=…,service=…"))
    var logSource: LogSourceArgument?

    @Flag(help: "Holds the checksums of Windows event logs against their content; what does not match is still read.")
    var verifyChecksums = false

    @Flag(
        help:
            "Goes on reading what grows: files through rotation, folders in which files appear, pipes. Alerts are written as they happen; Ctrl-C ends it, SIGHUP loads rules and strategies anew."
    )
    var follow = false

    @Option(
        help: ArgumentHelp(
            "Keeps in this folder what the next run must know to go on where this one stopped, be it killed at any moment.",
            valueName: "folder"))
    var state: String?

    @Flag(help: "Takes up a state that belongs to other rules as far as it still fits, and says what is dropped.")
    var carryOver = false

    @Option(
        help: ArgumentHelp(
            "Which findings become one alert: none (each its own), default (those of a rule on an entity), or rule.",
            valueName: "none|default|rule"), transform: Folding.named)
    var fold = Folding.default

    @Flag(help: "Also shows alerts that a strategy's suppressions silence, each with its suppression.")
    var showSuppressed = false

    @Flag(help: "Ends with code 2 when any record could not be read or any rule was refused.")
    var strict = false

    @Option(help: ArgumentHelp("Also writes the summary as JSON.", valueName: "file"))
    var summary: String?

    @Option(
        help: ArgumentHelp(
            "How many threads work; what comes out does not depend on it. (default: one for each processor, at most 16)",
            valueName: "count"))
    var threads: Int?

    @Flag(name: .shortAndLong, help: "No progress and no summary on standard error.")
    var quiet = false

    @Argument(help: "Files, folders, or - for standard input.")
    var paths: [String]

    mutating func validate() throws {
        if paths.isEmpty { throw ValidationError("name what to read: a file, a folder, or - for standard input") }
        if let threads, !(1...Self.mostThreads).contains(threads) {
            throw ValidationError("--threads wants a number from 1 to \(Self.mostThreads)")
        }
    }

    /// More would only wait for one another.
    private static let mostThreads = 256

    /// The number of threads to work on.
    ///
    /// Past some sixteen what must be done in order decides the speed, and more only take memory.
    var threadCount: Int { threads ?? min(16, ProcessInfo.processInfo.activeProcessorCount) }

    /// What reads the input.
    func unitReader(_ vocabulary: Vocabulary) -> UnitReader {
        UnitReader(vocabulary: vocabulary, logSource: logSource?.source, evtx: evtxOptions)
    }

    /// How Windows event logs are read.
    var evtxOptions: EVTXOptions { EVTXOptions(verifiesChecksums: verifyChecksums) }

    /// What to do about a state that was refused.
    private static func remedy(for error: StateError) -> String {
        switch error.code {
        case .otherRules: "name another folder with --state, or take up what still fits once with --carry-over"
        case .torn, .otherVersion: "name another folder with --state, or remove this one and begin anew"
        case .unusable: "give --state a folder that this user owns and can write to"
        }
    }

    mutating func run() throws {
        let outcome: HuntOutcome
        do {
            outcome = try follow ? FollowedHunt(self).execute() : RecordedHunt(self).execute()
        } catch let error as StateError {
            throw Failure("\(error); \(Self.remedy(for: error))")
        }
        if !quiet { Console.note(outcome.summaryText) }
        if let summary { try outcome.writeSummary(to: summary) }
        if outcome.isBlind { throw Failure("nothing of the input could be read (see the summary)") }
        if strict && outcome.hasProblems {
            throw Failure(
                "--strict: some records could not be read, or some rules or parts of strategies were refused (see above)"
            )
        }
        if let failOn, outcome.highest.map({ $0 >= failOn }) ?? false { throw ExitCode(1) }
    }
}

/// `product=linux,category=process_creation,service=auditd`, any part left out.
struct LogSourceArgument: ExpressibleByArgument {
    var source: LogSource

    init?(argument: String) {
        var source = LogSource()
        for part in argument.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
            guard pair.count == 2, !pair[1].isEmpty else { return nil }
            switch pair[0] {
            case "product": source.product = pair[1]
            case "category": source.category = pair[1]
            case "service": source.service = pair[1]
            default: return nil
            }
        }
        self.source = source
    }
}

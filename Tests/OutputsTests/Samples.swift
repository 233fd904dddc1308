// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Outputs
import Readers
import Sigma
import Strategies
import TestSupport

/// Alerts of every shape the outputs must handle; times count from 2026-11-21T20:24:05Z.
enum Samples {
    static let container = "c0ffee123456" + String(repeating: "0123456789abc", count: 4)
    static let start: Int64 = 1_795_292_645_000_000_000
    static let strategy = StrategyReference(
        id: "python-execution", title: "Adversarial Python execution", path: "Strategies/python-execution/strategy.md")

    static func rule(_ title: String, _ level: Level?, tags: [String], line: Int = 1) -> Metadata {
        var rule = Metadata(title: title, location: SourceLocation(file: "rules/sample.yml", line: line))
        rule.id = "00000000-0000-4000-8000-0000000000\(9 + line)"
        rule.level = level
        rule.tags = tags
        rule.description = "Sample: \(title)."
        rule.references = ["https://attack.mitre.org/techniques/T1059/006"]
        rule.falsePositives = ["Administrators"]
        return rule
    }

    static let guidance = Guidance(
        goal: "Find Python used as a tool of intrusion.", technicalContext: "Python is on nearly every host.",
        blindSpots: [
            .init(
                id: "fork-without-exec", statement: "A shell whose parent forked without exec shows no Python parent."),
            .init(id: "other", statement: "Not about this rule.", rules: ["another-rule"]),
        ],
        response: [
            .init(
                id: "who-started-it", action: "Read the ancestors of the process and the login session.",
                command: "ps -o pid,args --ppid {ProcessId}; echo {CommandLine}; id {absent}",
                decisions: [.init(condition: "the session is an administrator's", next: "close")]),
            .init(id: "contain", action: "Freeze the process tree, keep its memory and open files."),
            .init(id: "hand-over", action: "Hand over to the responder on call."),
        ])

    /// The alerts, in the order of output, made the way a hunt makes them.
    static func alerts() -> [Alert] {
        let vocabulary = Vocabulary()
        var selector = EntitySelector(vocabulary: vocabulary)
        var folder = AlertFolder(vocabulary: vocabulary, wants: .closed)
        var changes: [AlertChange] = []
        for finding in processFindings(vocabulary, &selector) + otherFindings(vocabulary, &selector) {
            folder.add(finding, into: &changes)
        }
        if var silent = processFindings(vocabulary, &selector).last {
            silent.suppression = Suppression.Agreement(
                id: "ci-runner", owner: "build-team", reason: "Reviewed with the \u{1B}[2Jbuild team.",
                expires: "2027-06-30")
            silent.distinction = Verdict(level: .high, suppression: 0).distinction
            folder.add(silent, into: &changes)
        }
        folder.add(correlation(vocabulary), into: &changes)
        folder.finish(into: &changes)
        return changes.map(\.alert).sorted(by: Alert.precedes)
    }

    private static func finding(
        _ rule: Metadata, _ number: Int, _ events: SampleBatch, _ reasons: [Reason],
        _ selector: inout EntitySelector, strategy: StrategyReference? = nil
    ) -> Finding {
        Finding(
            rule: rule, number: number, entity: selector.entity(of: 0, in: events.batch),
            entityKey: selector.key(of: 0, in: events.batch), reasons: reasons,
            event: EventSnapshot(batch: events.batch, event: 0, vocabulary: events.vocabulary), strategy: strategy)
    }

    private static func processFindings(_ vocabulary: Vocabulary, _ selector: inout EntitySelector) -> [Finding] {
        let command = "python3 -c import pty; pty.spawn(\"/bin/sh\")"
        return (0..<5).map { (index: Int64) in
            var events = SampleBatch(vocabulary: vocabulary, path: "audit.log")
            events.add(
                [
                    "Image": "/usr/bin/python3.11", "CommandLine": command, "User": "root", "host.name": "web1",
                    "ProcessId": "\(4000 + index)", "ParentProcessId": "1", "ParentImage": "/usr/bin/bash",
                    "CurrentDirectory": "/tmp", "container.id": container, "container.image.name": "alpine:3.20",
                    "container.runtime": "docker", "python.source": "command",
                    "python.code": "import pty; pty.spawn(\"/bin/sh\")", "python.code": "second layer",
                ],
                source: LogSource(product: "linux", category: "process_creation", service: "auditd"),
                time: start + index * 61_000_000_000, record: "type=EXECVE msg=audit(1795292645.000:\(index))",
                position: UInt64(100 + index))
            var found = finding(
                rule("Python spawns a terminal", .high, tags: ["attack.execution", "attack.t1059.006"]), 0, events,
                [
                    Reason(
                        selection: "selection_img", field: "Image", pattern: "contains: /python",
                        value: "/usr/bin/python3.11"),
                    Reason(
                        selection: "selection_cli", field: "CommandLine", pattern: "contains: pty.spawn", value: command
                    ),
                ], &selector, strategy: strategy)
            found.guidance = guidance
            found.priority = AlertPriority(
                level: .critical, because: "A service account has no business with shells.", criterion: 1,
                ruleLevel: .high)
            return found
        }
    }

    private static func otherFindings(_ vocabulary: Vocabulary, _ selector: inout EntitySelector) -> [Finding] {
        // What an attacker would write to fool whoever reads the alert.
        var hostile = SampleBatch(vocabulary: vocabulary, path: "evil\u{1B}[2J.log")
        let value =
            "\u{1B}]0;owned\u{7}\u{1B}[2Jrm -rf /\r\nall clear \u{202E}txt.exe " + String(repeating: "漢字", count: 200)
            + " needle \u{9B}31m" + String(repeating: "x", count: 400)
        hostile.add(
            ["Image": "/tmp/\u{202E}gpj.sh", "CommandLine": value, "Computer": "pc\n7", "ProcessGuid": "{1}"],
            source: LogSource(product: "windows", category: "process_creation"), record: value, position: 3)
        var pod = SampleBatch(vocabulary: vocabulary, path: "audit.jsonl")
        pod.add(
            [
                "verb": "create", "user.username": "eve", "objectRef.resource": "pods", "objectRef.namespace": "prod",
                "objectRef.name": "shell", "auditID": "a-1", "responseStatus.code": "201", "sourceIPs": "10.0.0.9",
            ], source: LogSource(product: "kubernetes", service: "audit"), time: start - 5_500_000_000, position: 9)
        var connection = SampleBatch(vocabulary: vocabulary, path: "sysmon.xml")
        connection.add(
            [
                "Image": "C:\\Windows\\System32\\cmd.exe", "ProcessId": "77", "User": "CORP\\bob", "Computer": "pc7",
                "DestinationIp": "2001:db8::1", "DestinationPort": "4444", "DestinationHostname": "c2.example",
                "SourceIp": "not an address", "SourcePort": "99999", "sha256": String(repeating: "ab", count: 32),
                "TargetFilename": "C:\\Users\\bob\\x.dll", "TargetObject": "HKLM\\Run\\x", "QueryName": "c2.example",
            ], source: LogSource(product: "windows", category: "network_connection", service: "sysmon"), time: start)
        return [
            finding(
                rule(
                    "Title with \u{1B}[31mcolour\u{1B}[0m and \u{202E}reversed text that is much longer than a line can be on any terminal",
                    nil, tags: [], line: 2), 1, hostile,
                [Reason(selection: "keywords", field: nil, pattern: "needle", value: value)], &selector),
            finding(
                rule(
                    "Pod created by hand", .critical,
                    tags: ["attack.execution", "attack.stealth", "attack.t1610", "attack.t1611"], line: 3), 2, pod,
                [Reason(selection: "selection", field: "verb", pattern: "create", value: "create")], &selector),
            finding(
                rule("Shell talks to the net", .low, tags: ["attack.command_and_control"], line: 4), 3, connection, [],
                &selector),
        ]
    }

    private static func correlation(_ vocabulary: Vocabulary) -> Finding {
        let events = (0..<3).map { (index: Int64) in
            EventSnapshot(
                time: Timestamp(nanoseconds: start + index), logsource: "linux/-/sshd", path: "auth.log",
                position: UInt64(index + 1), fields: NamedValues([("message", "Failed password for root")]),
                record: "Failed password for root")
        }
        return Finding(
            correlation: rule(
                "Password guessing", .medium, tags: ["attack.credential-access", "attack.t1110"], line: 5),
            number: 0,
            detail: CorrelationDetail(
                kind: .eventCount, timespan: 300, group: [("User", "root"), ("SourceIp", "10.0.0.7")], value: 12),
            events: events)
    }

    /// One of each state, and one that silenced nothing.
    private static var suppressions: [SuppressionRecord] {
        func record(
            _ id: String, _ state: SuppressionRecord.State, _ refusal: String? = nil, hits: UInt64 = 0
        ) -> SuppressionRecord {
            var record = SuppressionRecord(
                strategy: "python-execution",
                suppression: Suppression.Agreement(
                    id: id, owner: "build-team", reason: "Reviewed.", expires: "2027-06-30"),
                state: state, refusal: refusal)
            record.hits = hits
            guard hits > 0 else { return record }
            record.firstSeen = Timestamp(nanoseconds: start)
            record.lastSeen = Timestamp(nanoseconds: start + 1_000_000_000)
            record.rules = ["00000000-0000-4000-8000-000000000010"]
            return record
        }
        return [
            record("ci-runner", .inForce, hits: 1204), record("unused", .inForce), record("old", .expired),
            record("too-wide", .refused, "it would hide the attack `inline-os-system` and 3 more"),
        ]
    }

    static func summary() -> HuntSummary {
        var report = ReadReport()
        report.bytes = 1_234_567_890
        report.records = 1_000_002
        report.events = 1_000_000
        report.add(.malformed, path: "audit.log", position: 17, "no \u{1B}[2Jmsg=audit(…) at the start")
        report.add(.malformed, path: "audit.log", position: 18, "no msg=audit(…) at the start")
        report.add(.truncated, path: "b.json.gz", position: 0, "the stream ends early")
        var summary = HuntSummary()
        summary.add(report)
        summary.inputsRead = 2
        summary.inputsSkipped = [.init(path: "notes.docx", reason: "no reader knows this format")]
        summary.eventsByLogsource = ["linux/process_creation/auditd": 999_000, "kubernetes/-/audit": 1000]
        summary.rulesLoaded = 3140
        summary.rulesRefused = 2
        summary.muteRules = [
            .init(rule("Needs DNS", .low, tags: []), missingLogsource: "linux/dns_query", missingFields: []),
            .init(
                rule("Needs a parent", .low, tags: []), missingLogsource: nil,
                missingFields: ["ParentImage", "ParentCommandLine"]),
        ]
        for alert in alerts() { summary.add(alert) }
        summary.suppressions = suppressions
        summary.foldedRepeats = 4
        summary.evictedAlerts = 1
        summary.losses = [HuntLoss("late_hits", 2, "matches came too late for the correlations that count them")]
        summary.duration = 2.5
        return summary
    }
}

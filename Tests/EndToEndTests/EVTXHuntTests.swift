// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Readers
import Sigma
import TestSupport
import Testing

/// Windows event logs raise the alerts that the same records raise as JSON.
@Suite struct EVTXHuntTests {
    private static let logs = Corpora.files(under: "evtx", suffix: ".evtx")

    /// Debug builds take the rules for the logs that come with Windows; release builds all.
    private static let rules: [String] = {
        #if DEBUG
            let folder = "sigma/rules/windows/builtin"
        #else
            let folder = "sigma/rules/windows"
        #endif
        return Corpora.root.map { [$0 + "/" + folder] } ?? []
    }()

    @Test(
        .enabled(
            if: !Corpora.files(under: "evtx", suffix: ".evtx").isEmpty
                && !Corpora.files(under: "sigma/rules/windows", suffix: ".yml").isEmpty,
            Comment(rawValue: Corpora.absent)),
        .enabled(if: EVTXOracle.isHere, Comment(rawValue: EVTXOracle.absent)))
    func `public logs raise the same alerts as their JSON`() throws {
        let folder = try TemporaryFolder()
        let rules = RuleLoader().load(paths: Self.rules, pipelines: [])
        var dump: [Int: [UInt8]] = [:]
        for record in try EVTXOracle.dump(Self.logs) { dump[record.log, default: []] += record.json + [0x0A] }
        let json = try Self.logs.indices.map { try folder.write(dump[$0] ?? [], "\($0).json") }
        let own = Hunting.run(Self.logs.map { ($0, nil) }, rules: rules)
        let other = Hunting.run(json.map { ($0, nil) }, rules: rules)
        #expect(own.fired.count > 20)
        #expect(Self.essence(own) == Self.essence(other))
        #expect(own.report.events == other.report.events && own.report.problems.isEmpty)
    }

    /// What must not depend on the form: JSON has other positions and times without the last digit.
    private static func essence(_ result: Hunting.Result) -> [String] {
        result.alerts.map { alert in
            let records = alert.events.map { event in
                let id = event.fields.entries.first { $0.name == "EventRecordID" }?.values.first?.scalarText ?? "-"
                return "\(event.logsource) \(id)"
            }
            return "\(alert.rule.identifier) \(alert.count) \(alert.entity.id) \(records)"
        }.sorted()
    }

    @Test func `the program hunts logs and folders of logs`() throws {
        let folder = try TemporaryFolder()
        var writer = EVTXWriter()
        writer.addEvent(
            channel: "Security", provider: "Microsoft-Windows-Security-Auditing", id: 4688,
            data: [("NewProcessName", #"C:\evil.exe"#), ("CommandLine", "evil --now")])
        let log = writer.finished()
        var damaged = log
        damaged[4096 + 30] ^= 1
        let rule = try folder.write(
            Array(
                """
                title: Evil
                id: 9b9e8f5d-6a4c-4e8a-9f5e-0d1c2b3a4f5e
                logsource: {category: process_creation, product: windows}
                detection: {a: {Image|endswith: '\\evil.exe'}, condition: a}
                level: high
                """.utf8), "rule.yml")
        _ = try folder.write(log, "one.evtx")
        let path = try folder.write(damaged, "two.evtx")
        let found = try Program.run(["hunt", "--rules", rule, "--output", "jsonl", "--min-level", "low", folder.path])
        #expect(found.code == 0 && found.output.contains("evil --now"))
        #expect(found.notes.contains("events 2 from 2 records"))
        let quiet = try Program.run(["hunt", "--rules", rule, "--strict", path])
        #expect(quiet.code == 0)
        let strict = try Program.run(["hunt", "--rules", rule, "--strict", "--verify-checksums", path])
        #expect(strict.code == 2 && strict.notes.contains("a checksum does not match"))
    }
}

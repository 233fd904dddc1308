// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma
import TestSupport

let second: Int64 = 1_000_000_000
/// 2026-11-21T20:24:05Z.
let noon: Int64 = 1_795_292_645 * second

/// A rule with nothing but what the test needs.
func rule(_ title: String, level: Level? = .high, tags: [String] = []) -> Metadata {
    var metadata = Metadata(title: title, location: SourceLocation(file: "rules/\(title).yml", line: 1))
    metadata.id = "id-of-\(title)"
    metadata.level = level
    metadata.tags = tags
    return metadata
}

/// A snapshot at a time.
func snapshot(_ time: Int64?, position: UInt64 = 1, record: String = "") -> EventSnapshot {
    EventSnapshot(
        time: time.map(Timestamp.init(nanoseconds:)), logsource: "linux/process_creation/auditd", path: "audit.log",
        position: position, fields: NamedValues([("Image", "/usr/bin/python3")]), record: record)
}

/// A folder for tests, with a vocabulary of its own.
func folder(
    _ limits: AlertFolder.Limits = .init(), folding: Folding = .default, wants: AlertFolder.Wants = .closed
) -> AlertFolder {
    AlertFolder(vocabulary: vocabulary, limits: limits, folding: folding, wants: wants)
}

/// The vocabulary of tests.
let vocabulary = Vocabulary()

extension AlertFolder {
    /// Adds a finding; gives the alerts that close because of it.
    mutating func closing(_ finding: Finding) -> [Alert] {
        var changes: [AlertChange] = []
        add(finding, into: &changes)
        return changes.filter { $0.kind == .closed }.map(\.alert)
    }

    /// Closes all alerts and gives them in the order of output.
    mutating func closeAll() -> [Alert] {
        var changes: [AlertChange] = []
        finish(into: &changes)
        return changes.map(\.alert).sorted(by: Alert.precedes)
    }
}

/// An event of a process on a host, as it stands in a batch.
func event(
    host: String = "a", command: String = "id", time: Int64?, position: UInt64 = 1, path: String = "audit.log"
) -> EventBatch {
    var sample = SampleBatch(vocabulary: vocabulary, path: path)
    sample.add(
        ["host.name": host, "CommandLine": command],
        source: LogSource(product: "linux", category: "process_creation", service: "auditd"), time: time,
        position: position)
    return sample.batch
}

/// A finding of rule `number` on the host `host`.
func finding(
    _ number: Int, host: String, time: Int64?, position: UInt64 = 1, record: String = "", level: Level? = .high
) -> Finding {
    let group = [("host", host)]
    return Finding(
        rule: rule("rule \(number)", level: level), number: number, entity: Entity(kind: .host, parts: group),
        entityKey: EntityKey(group: group), reasons: [], event: snapshot(time, position: position, record: record))
}

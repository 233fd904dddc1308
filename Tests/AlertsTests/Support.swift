// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma

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

/// A finding of rule `number` on the host `host`.
func finding(
    _ number: Int, host: String, time: Int64?, position: UInt64 = 1, record: String = "", level: Level? = .high
) -> Finding {
    let group = [("host", host)]
    return Finding(
        rule: rule("rule \(number)", level: level), number: number, entity: Entity(kind: .host, parts: group),
        entityKey: EntityKey(group: group), reasons: [], event: snapshot(time, position: position, record: record))
}

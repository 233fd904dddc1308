// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

// The same bytes as the trees of `json`, which a test holds them against.

extension AlertChange {
    /// Appends the JSON form on one line, without making the values between.
    public func appendJSON(to bytes: inout [UInt8]) {
        bytes.addObject { line in
            line.add("schema", Alert.schema)
            line.add("id", alert.id)
            line.add("change") { changeJSON.append(to: &$0) }
            alert.addMembers(to: &line)
        }
    }
}

extension Alert {
    /// The members behind `id`.
    fileprivate func addMembers(to line: inout [UInt8]) {
        line.add("rule") { rule.appendJSON(to: &$0) }
        line.add("priority") { priority.json.append(to: &$0) }
        line.add("suppressed") { (suppressed?.json ?? .null).append(to: &$0) }
        line.add("strategy") { (strategyJSON ?? .null).append(to: &$0) }
        line.add("attack") { attack.json.append(to: &$0) }
        line.add("count", Int64(count))
        line.add("first_seen", firstSeen?.rfc3339)
        line.add("last_seen", lastSeen?.rfc3339)
        line.add("entity") { entity.json.append(to: &$0) }
        line.add("why", why) { reason, bytes in
            bytes.addObject { line in
                line.add("selection", reason.selection)
                line.add("field", reason.field)
                line.add("pattern", reason.pattern)
                line.add("value", reason.value)
            }
        }
        line.add("correlation") { (correlation?.json ?? .null).append(to: &$0) }
        line.add("source") { (source?.json ?? .null).append(to: &$0) }
        line.add("differing", differing) { $0.json.append(to: &$1) }
        line.add("sources", sources) { $0.json.append(to: &$1) }
        line.add("more_sources", Int64(moreSources))
        line.add("events", events) { $0.appendJSON(to: &$1) }
    }
}

extension RuleSummary {
    fileprivate func appendJSON(to bytes: inout [UInt8]) {
        bytes.addObject { line in
            line.add("id", id)
            line.add("title", title)
            line.add("level", level.rawValue)
            line.add("name", name)
            line.add("description", description)
            line.add("references", references)
            line.add("falsepositives", falsePositives)
            line.add("tags", tags)
            line.add("path", path)
            line.add("line", Int64(self.line))
        }
    }
}

extension EventSnapshot {
    fileprivate func appendJSON(to bytes: inout [UInt8]) {
        bytes.addObject { line in
            line.add("time", time?.rfc3339)
            line.add("logsource", logsource)
            line.add("path", path)
            line.add("position", Int64(clamping: position))
            line.add("fields") { bytes in
                bytes.addObject { object in
                    for entry in fields.entries {
                        object.add(entry.name) { bytes in
                            (entry.values.count == 1 ? entry.values[0] : .array(entry.values)).append(to: &bytes)
                        }
                    }
                }
            }
            line.add("record", record)
            line.add("truncated") { $0.append(contentsOf: (isTruncated ? "true" : "false").utf8) }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma
import Strategies

/// One row of the timeline: an event kept as evidence of an alert.
struct TimelineRow {
    /// The columns in order; the first three are those Timesketch asks for.
    static let columns = [
        "datetime", "timestamp_desc", "message", "level", "rule_title", "rule_id", "tactics", "techniques", "strategy",
        "host", "user", "entity", "alert_id", "count", "log_source", "source_file", "record", "details", "suppressed",
    ]

    /// The cells in the order of the columns.
    let cells: [String]

    /// The longest cell in characters; the JSON forms hold values in full.
    private static let longestDetails = 8192

    init(_ event: EventSnapshot, of alert: Alert) {
        cells = [
            event.time?.rfc3339 ?? "", "Event matched", "\(alert.rule.title): \(alert.entity.id)", alert.level.rawValue,
            alert.rule.title, alert.rule.id ?? alert.rule.name ?? "", alert.attack.tactics.joined(separator: " "),
            alert.attack.techniques.map(\.id).joined(separator: " "), alert.strategy?.id ?? "",
            event.host ?? alert.entity.fields.text("host") ?? "", event.user ?? alert.entity.fields.text("user") ?? "",
            alert.entity.id, alert.id, String(alert.count), event.logsource, event.path, String(event.position),
            Self.details(event, alert), alert.suppressed?.id ?? "",
        ]
    }

    /// `Field=value; Field=value` of the fields that made the rule match, as this event has them; of an event without
    /// any of them (correlations), its most telling fields.
    private static func details(_ event: EventSnapshot, _ alert: Alert) -> String {
        var parts: [String] = []
        var seen: Set<String> = []
        for name in alert.why.compactMap(\.field) + EventDetail.fields where seen.insert(name).inserted {
            let values = event.fields[name].compactMap(\.scalarText).filter { !$0.isEmpty }
            if !values.isEmpty { parts.append("\(name)=\(values.joined(separator: " | "))") }
        }
        if parts.isEmpty { parts = [event.record] }
        let text = parts.joined(separator: "; ")
        return text.utf8.count > longestDetails && text.count > longestDetails
            ? text.prefix(longestDetails) + "…" : text
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts

/// The events an alert keeps.
extension ReportPage {
    /// The most events of an alert.
    private static let mostEvents = 8
    /// The most fields of an event.
    private static let mostFields = 120
    /// The longest value, in characters.
    private static let longestValue = 2000

    static func evidence(_ alert: Alert) -> HTML {
        guard !alert.events.isEmpty else { return "" }
        let shown = alert.events.prefix(mostEvents).enumerated().map { event($1, of: alert, isFirst: $0 == 0) }
        let more = alert.events.count - shown.count
        let rest: HTML = more > 0 ? "<p class=\"dim\">and \(more) more events</p>" : ""
        return "<p class=\"label\">Evidence</p>\(shown)\(rest)"
    }

    private static func event(_ event: EventSnapshot, of alert: Alert, isFirst: Bool) -> HTML {
        let when: HTML = event.time.map { "\(time($0)) · " } ?? ""
        let telling = rows(of: event, named: EventDetail.fields + alert.why.compactMap(\.field), why: alert.why)
        let names = event.fields.entries.map(\.name)
        let all = rows(of: event, named: names, why: alert.why)
        let left = names.count - mostFields
        let rest: HTML = left > 0 ? "<p class=\"dim\">and \(left) more fields</p>" : ""
        return """
            <div class="event"><p class="place">\(when)<span class="id">\(event.path):\(String(event.position))</span> · \
            \(event.logsource)\(event.isTruncated ? " · cut" : "")</p>
            \(telling.isEmpty ? "<pre><code>\(cut(event.record))</code></pre>" : "<dl class=\"fields\">\(telling)</dl>" as HTML)
            <details><summary>All \(names.count) fields</summary><dl class="fields">\(all)</dl>\(rest)</details></div>

            """
    }

    private static func rows(of event: EventSnapshot, named names: [String], why: [Explanation]) -> [HTML] {
        var seen: Set<String> = []
        return names.prefix(mostFields).compactMap { name in
            guard seen.insert(name).inserted else { return nil }
            let values = event.fields[name].compactMap(\.scalarText).filter { !$0.isEmpty }
            guard !values.isEmpty else { return nil }
            let shown = values.prefix(10).map { value in
                "<dd>\(marked(value, why.first { $0.field == name }))</dd>" as HTML
            }
            return "<dt>\(name)</dt>\(shown)\n"
        }
    }

    /// A value with the part marked that a reason matched.
    private static func marked(_ value: String, _ reason: Explanation?) -> HTML {
        guard let reason, value.utf8.count <= longestValue else { return "\(cut(value))" }
        let part = MatchedPart(of: value, pattern: reason.pattern)
        return part.match.isEmpty ? "\(value)" : "\(part.before)<mark>\(part.match)</mark>\(part.after)"
    }

    static func cut(_ value: String) -> String {
        // No character is shorter than a byte.
        guard value.utf8.count > longestValue, value.count > longestValue else { return value }
        return value.prefix(longestValue) + "…"
    }
}

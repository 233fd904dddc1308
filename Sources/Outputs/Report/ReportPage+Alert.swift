// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma
import Strategies

/// One alert: what, when, who, why, the evidence, and what to do.
extension ReportPage {
    /// An alert that opens and closes; the first one is open.
    static func article(_ alert: Alert, isOpen: Bool) -> HTML {
        let tags = alert.attack.techniques.map(\.id) + alert.attack.tactics
        return """
            <details class="alert \(alert.level.rawValue)" id="\(anchor(alert))"\(isOpen ? " open" : "")>
            <summary>\(badge(alert.level)) <span class="title">\(alert.rule.title)</span> \
            <span class="dim">\(alert.actor)</span></summary>
            <dl class="facts">
            \(tags.isEmpty ? "" : fact("ATT&CK", "\(tags.joined(separator: " · "))"))\
            \(priority(alert))\(suppression(alert))\(fact("When", when(alert)))\(fact("Who", "\(alert.actor)"))\
            \(sources(alert))\(origin(alert))
            </dl>
            \(reasons(alert))
            \(differences(alert))
            \(evidence(alert))
            \(guidance(alert.guidance))
            \(about(alert.rule))
            </details>

            """
    }

    private static func fact(_ name: String, _ value: HTML) -> HTML { "<dt>\(name)</dt><dd>\(value)</dd>\n" }

    private static func priority(_ alert: Alert) -> HTML {
        guard let because = alert.priority.because else { return "" }
        let own = alert.priority.ruleLevel == alert.level ? "" : " (the rule says \(alert.priority.ruleLevel.rawValue))"
        return fact("Level", "\(because)\(own)")
    }

    private static func suppression(_ alert: Alert) -> HTML {
        guard let suppressed = alert.suppressed else { return "" }
        let terms = [suppressed.owner, suppressed.expires.map { "until \($0)" }].compactMap { $0 }
        let who = suppressed.id + (terms.isEmpty ? "" : " (\(terms.joined(separator: ", ")))")
        return fact("Silenced", "\(who + (suppressed.reason.map { ": \($0)" } ?? ""))")
    }

    private static func when(_ alert: Alert) -> HTML {
        let times = "\(alert.count)×"
        guard let first = alert.firstSeen, let last = alert.lastSeen else { return "\(times), time unknown" }
        return first == last ? "\(times), \(time(first))" : "\(times), \(time(first)) to \(time(last))"
    }

    private static func origin(_ alert: Alert) -> HTML {
        if let strategy = alert.strategy {
            return fact("Strategy", "\(strategy.title) <span class=\"id\">\(strategy.path)</span>")
        }
        guard !alert.rule.path.isEmpty else { return "" }
        return fact("Rule", "<span class=\"id\">\(alert.rule.path):\(alert.rule.line)</span>")
    }

    private static func sources(_ alert: Alert) -> HTML {
        guard let source = alert.source else { return "" }
        let first: HTML = "<span class=\"id\">\(source.path):\(String(source.position))</span> · \(source.logsource)"
        guard alert.sources.count > 1 || alert.moreSources > 0 else { return fact("Read in", first) }
        let inputs = alert.sources.map { "<li>\($0.count)× <span class=\"id\">\($0.path)</span></li>" as HTML }
        let others: HTML = alert.moreSources > 0 ? "<li class=\"dim\">\(alert.moreSources)× from other inputs</li>" : ""
        return fact(
            "Read in",
            """
            \(first)<details><summary>\(alert.sources.count) \(alert.sources.count == 1 ? "input" : "inputs")</summary>\
            <ul class="plain">\(inputs)\(others)</ul></details>
            """)
    }

    // MARK: How the events differed

    private static func differences(_ alert: Alert) -> HTML {
        guard !alert.differing.isEmpty else { return "" }
        return "<p class=\"label\">How the events differed</p>\(alert.differing.map(difference))"
    }

    private static func difference(_ field: DifferingField) -> HTML {
        let values = field.values.map { value -> HTML in
            let text: HTML = value.value.map { "<code>\($0)</code>" } ?? "<span class=\"dim\">absent</span>"
            return "<li><span class=\"count\">\(value.count)×</span> \(text)</li>"
        }
        let rest: HTML = field.rest(shown: field.values.count).map { "<li class=\"dim\">\($0)</li>" } ?? ""
        return "<p class=\"field id\">\(field.field)</p><ul class=\"plain differing\">\(values)\(rest)</ul>\n"
    }

    // MARK: Why

    private static func reasons(_ alert: Alert) -> HTML {
        let measured: HTML = alert.correlation.map { "<li>\($0.inWords)</li>" } ?? ""
        guard !alert.why.isEmpty || !measured.isEmpty else { return "" }
        return """
            <p class="label">Why</p>
            <ul class="why">\(measured)\(alert.why.map(reason))</ul>
            """
    }

    private static func reason(_ reason: Explanation) -> HTML {
        let question: HTML = "\(reason.field ?? "any field") \(reason.patternInWords)"
        let part = MatchedPart(of: reason.value, pattern: reason.pattern)
        let isSaid = reason.value.isEmpty || reason.patternInWords.hasSuffix(" " + reason.value)
        let value: HTML =
            isSaid
            ? ""
            : "<code class=\"value\">\(part.before)\(part.match.isEmpty ? "" : "<mark>\(part.match)</mark>" as HTML)\(part.after)</code>"
        return "<li><span class=\"dim\">\(reason.selection):</span> \(question) \(value)</li>\n"
    }

    // MARK: What to do

    private static func guidance(_ guidance: Guidance) -> HTML {
        var html: HTML = ""
        if !guidance.response.isEmpty {
            html += "<p class=\"label\">What to do</p><ol class=\"steps\">\(guidance.response.map(step))</ol>"
        }
        if !guidance.blindSpots.isEmpty {
            html += """
                <p class="label">What the rule does not see</p>
                <ul>\(guidance.blindSpots.map { "<li>\($0.statement)</li>" as HTML })</ul>
                """
        }
        let texts = [guidance.goal, guidance.technicalContext].compactMap { $0 }.map {
            "<p class=\"text\">\($0)</p>" as HTML
        }
        if !texts.isEmpty { html += "<details><summary>Goal and technical context</summary>\(texts)</details>" }
        return html
    }

    private static func step(_ step: PlaybookStep) -> HTML {
        let command: HTML = step.command.map { "<pre><code>\($0)</code></pre>" } ?? ""
        let decisions: HTML =
            step.decisions.isEmpty
            ? ""
            : "<ul class=\"dim\">\(step.decisions.map { "<li>If \($0.condition): \($0.next)</li>" as HTML })</ul>"
        return "<li>\(MarkdownHTML.render(step.action))\(command)\(decisions)</li>\n"
    }

    private static func about(_ rule: RuleSummary) -> HTML {
        var parts: HTML = ""
        if let description = rule.description { parts += "<p class=\"text\">\(description)</p>" }
        if !rule.falsePositives.isEmpty {
            parts +=
                "<p class=\"label\">Known benign causes</p><ul>\(rule.falsePositives.map { "<li>\($0)</li>" as HTML })</ul>"
        }
        if !rule.references.isEmpty {
            parts +=
                "<p class=\"label\">References</p><ul>\(rule.references.map { "<li>\(link($0))</li>" as HTML })</ul>"
        }
        return parts.isEmpty ? "" : "<details><summary>About the rule</summary>\(parts)</details>"
    }

    /// Rules come from anywhere: only addresses of the web become links.
    private static func link(_ address: String) -> HTML {
        guard address.hasPrefix("https://") || address.hasPrefix("http://") else { return "\(address)" }
        return "<a href=\"\(address)\" rel=\"noreferrer noopener\">\(address)</a>"
    }
}

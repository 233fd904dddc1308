// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma
import Strategies

extension Catalogue {
    /// The rules of a strategy with their logic.
    func rulesSection(_ entry: CatalogueEntry) -> HTML {
        """
        <section id="\(HTML.anchor("rules", entry.strategy.id))"><h3>Rules</h3>
        \(entry.rules.isEmpty ? "<p class=\"gap\">There are none: the strategy detects nothing.</p>" : "" as HTML)
        \(entry.rules.map { rule($0, of: entry) })
        </section>
        """
    }

    private func rule(_ rule: CatalogueEntry.Rule, of entry: CatalogueEntry) -> HTML {
        let metadata = rule.metadata
        let id = metadata.identifier
        let covered = entry.strategy.rules.first { $0.id == id }
        let firing = entry.cases.filter { $0.fired?.contains(id) == true }.count
        var facts: [HTML] = []
        if let own = metadata.level { facts.append(level(own)) }
        if let covered { facts.append(badge(covered.proof)) }
        if let source = rule.logsource { facts.append("<span class=\"dim\">\(words(source))</span>") }
        if covered == nil {
            // It alerts through its correlations alone, which have cases of their own.
            facts.append("<span class=\"dim\">counted by correlations, no alert of its own</span>")
        } else if !entry.cases.isEmpty {
            facts.append("fires in \(count(firing, "case", "cases"))")
        }
        let techniques = covered?.attack.techniques.map { link(technique: $0.id) } ?? []
        return """
            <section class="rule filtered" id="\(HTML.anchor("rule", entry.strategy.id, id))">
            <h4>\(metadata.title)</h4>
            <p>\(HTML.joined(facts, by: " · "))</p>
            \(techniques.isEmpty ? "" : "<p>\(HTML.joined(techniques, by: " "))</p>" as HTML)
            \(metadata.description.map { "<p>\($0)</p>" } ?? "" as HTML)
            \(list("Known to fire on", metadata.falsePositives.map { "<li>\($0)</li>" }))
            \(list("References", metadata.references.map { "<li>\(reference($0))</li>" }))
            <details><summary>Logic</summary><pre><code>\(rule.logic.isEmpty ? "see the rule file" : rule.logic)</code></pre>\
            <p class="dim">\(id)</p></details>
            </section>

            """
    }

    private func list(_ heading: String, _ items: [HTML]) -> HTML {
        items.isEmpty ? "" : "<p class=\"label\">\(heading)</p><ul>\(items)</ul>"
    }

    /// A reference leads somewhere only when it is a web address.
    private func reference(_ text: String) -> HTML {
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return HTML(text: text) }
        return "<a href=\"\(text)\" rel=\"noreferrer\">\(text)</a>"
    }

    /// The recorded cases with what fires.
    func casesSection(_ entry: CatalogueEntry) -> HTML {
        let rows = entry.cases.map { one -> HTML in
            let ids = one.fired?.sorted() ?? one.expected
            let fires: HTML =
                ids.isEmpty
                ? "<span class=\"dim\">nothing</span>" : .joined(ids.map { title(ofRule: $0, in: entry) }, by: "<br>")
            let outcome: HTML =
                one.fired == nil
                ? "<span class=\"dim\">not replayed</span>"
                : one.failures.isEmpty
                    ? "as stated" : "<span class=\"gap\">\(one.failures.joined(separator: "; "))</span>"
            return """
                <tr class="filtered" id="\(HTML.anchor("case", entry.strategy.id, one.name))">\
                <th scope="row">\(one.name)<span class="dim block">\(one.about)</span></th>\
                <td>\(kind(one.kind))<span class="dim block">\(one.platform), \
                \(one.isRecorded ? "recorded" : "constructed")</span></td><td>\(fires)</td><td>\(outcome)</td></tr>
                """
        }
        return """
            <section id="\(HTML.anchor("cases", entry.strategy.id))"><h3>Recorded cases</h3>
            \(rows.isEmpty ? "<p class=\"gap\">There are none: nothing is proved beyond form.</p>" : "" as HTML)
            \(table(["Case", "Kind", "Fires", "Outcome"], rows))
            </section>
            """
    }
}

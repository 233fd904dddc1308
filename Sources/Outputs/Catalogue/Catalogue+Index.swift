// SPDX-License-Identifier: Apache-2.0
import Attack
import Strategies

extension Catalogue {
    /// The strategies, each with its goal in a sentence or two.
    var strategyIndex: HTML {
        """
        <section aria-labelledby="by-strategy">
        <h2 id="by-strategy">By strategy</h2>
        <ul class="cards">
        \(entries.map(card))
        </ul>
        </section>
        """
    }

    private func card(_ entry: CatalogueEntry) -> HTML {
        let goal = entry.document.section(.goal)?.prose ?? ""
        let paragraph = goal.split(separator: "\n\n", maxSplits: 1).first.map(String.init) ?? ""
        return """
            <li class="filtered"><h3><a href="#\(HTML.anchor("strategy", entry.strategy.id))">\(entry.strategy.title)</a></h3>
            <p>\(badge(entry.strategy.proof)) · \(count(entry.strategy.rules.count, "rule", "rules")) · \
            \(count(entry.cases.count, "case", "cases"))</p>
            <p>\(paragraph)</p></li>

            """
    }

    /// The techniques, each with its proof and the rules for it.
    var techniqueIndex: HTML {
        """
        <section aria-labelledby="by-technique">
        <h2 id="by-technique">By technique</h2>
        <div class="stack"><table>
        <thead><tr><th scope="col">Technique</th><th scope="col">Proof</th><th scope="col">Rules</th></tr></thead>
        <tbody>
        \(coverage.techniques.map(row))
        </tbody></table></div>
        </section>
        """
    }

    private func row(_ technique: Coverage.Technique) -> HTML {
        // Rules of one strategy stand together, under its name.
        var items: [HTML] = entries.map(\.strategy.id).compactMap { id in
            let own = technique.rows.filter { $0.strategy == id }
            guard !own.isEmpty else { return nil }
            return """
                <li><span class="dim">\(id)</span><ul class="plain">\(own.map { row in
                    "<li>\(link(rule: row.rule, title: row.title, of: row.strategy))</li>"
                })</ul></li>
                """
        }
        items += technique.unmetClaims.map { "<li class=\"gap\">claimed by \($0), covered by no rule</li>" }
        let id: HTML =
            technique.attack.map { "<a class=\"id\" href=\"\($0.url)\" rel=\"noreferrer\">\(technique.id)</a>" }
            ?? "<span class=\"id\">\(technique.id)</span>"
        let tactics = technique.attack?.tactics.joined(separator: ", ") ?? ""
        return """
            <tr class="filtered" id="\(HTML.anchor("technique", technique.id))"><th scope="row">\(id) \(technique.name)\
            \(technique.remark.map { " <span class=\"gap\">\($0)</span>" } ?? "" as HTML)
            <span class="dim block">\(tactics)</span></th>
            <td class="nowrap">\(technique.proof.map(badge) ?? "<span class=\"dim\">none</span>")</td>
            <td><ul class="plain">\(items)</ul></td></tr>

            """
    }
}

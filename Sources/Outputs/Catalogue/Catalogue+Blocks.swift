// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

extension Catalogue {
    /// Techniques, and what the strategy settles of their analytics.
    func categorization(_ entry: CatalogueEntry) -> HTML {
        guard let block = entry.strategy.categorization else { return "" }
        let elements = coverage.elements.filter { $0.strategy == entry.strategy.id }
        let chips: [HTML] = block.techniques.map { "<li>\(link(technique: $0.uppercased()))</li>" }
        let rows = elements.map { element -> HTML in
            let binding: HTML =
                switch element.binding {
                case .values(let values): .joined(values.map { "<code>\($0)</code>" }, by: ", ")
                case .learned(let what): "learned: \(what)"
                case .unbound(let why): "<span class=\"gap\">unbound</span> \(why)"
                case nil: "<span class=\"gap\">not settled</span>"
                }
            return """
                <tr><th scope="row"><span class="id">\(element.analytic)</span> \(element.field)</th>\
                <td>\(element.description)</td><td>\(binding)</td></tr>
                """
        }
        return """
            <p>ATT&amp;CK \(block.attack), tactics \(block.tactics.joined(separator: ", ")), platforms \
            \(block.platforms.joined(separator: ", ")).</p>
            <ul class="inline">\(chips)</ul>
            \(table(["Element of an analytic", "What ATT&CK leaves open", "Settled as"], rows))
            """
    }

    /// The telemetry that is needed.
    func data(_ requirements: [DataRequirement]) -> HTML {
        table(
            ["Events", "Fields", "From"],
            requirements.map { one in
                """
                <tr><th scope="row">\(one.id)<span class="dim block">\(words(one.logsource))</span></th>\
                <td>\(codes(one.fields))</td><td>\(one.sources.joined(separator: ", "))\
                \(one.note.map { "<span class=\"dim block\">\($0)</span>" } ?? "" as HTML)</td></tr>
                """
            })
    }

    /// What has to be true of a host.
    func assumptions(_ list: [Assumption]) -> HTML {
        table(
            ["Assumption", "Found out by"],
            list.map { one in
                let probe: HTML =
                    one.probe.map { "\($0.kind): <code>\($0.run)</code>" } ?? "<span class=\"gap\">nothing</span>"
                return "<tr><td>\(one.statement)</td><td>\(probe)</td></tr>"
            })
    }

    /// Ways past the strategy.
    func blindSpots(_ list: [BlindSpot], _ entry: CatalogueEntry) -> HTML {
        table(
            ["Blind spot", "Rules", "Recorded as", "Closed by"],
            list.map { one in
                let recorded: HTML =
                    one.caseName.map { caseLink($0, entry) } ?? "<span class=\"gap\">not recorded</span>"
                return """
                    <tr><td>\(one.statement)</td><td>\(ruleList(one.rules, entry))</td><td>\(recorded)</td>\
                    <td>\(one.mitigation ?? "")</td></tr>
                    """
            })
    }

    /// What is silenced.
    func suppressions(_ list: [Suppression], _ entry: CatalogueEntry) -> HTML {
        table(
            ["Silenced", "Rules", "Owner", "Until", "Why"],
            list.map { one in
                """
                <tr><td>\(one.characteristic)</td><td>\(ruleList(one.rules, entry))</td><td>\(one.owner ?? "nobody")</td>\
                <td class="nowrap">\(one.expires ?? "never ends")</td><td>\(one.reason ?? "")</td></tr>
                """
            })
    }

    /// The criteria, in the order in which they are tried.
    func priority(_ block: PriorityBlock?, _ entry: CatalogueEntry) -> HTML {
        guard let block else { return "" }
        let rest: HTML = block.defaultLevel.map { level($0) } ?? "the rule's own level"
        return table(
            ["Level", "Because", "Rules"],
            block.criteria.map { one in
                "<tr><td>\(level(one.level))</td><td>\(one.because)</td><td>\(ruleList(one.rules, entry))</td></tr>"
            } + ["<tr><td>\(rest)</td><td>nothing above holds</td><td></td></tr>"])
    }

    /// Ways to see the strategy work.
    func validation(_ list: [ValidationStep], _ entry: CatalogueEntry) -> HTML {
        table(
            ["Step", "Kind", "Must fire", "Recorded as"],
            list.map { one in
                """
                <tr><td>\(one.what)\(one.emulation.map { "<span class=\"dim block\">\($0)</span>" } ?? "" as HTML)</td>\
                <td>\(kind(one.kind))</td><td>\(one.expect.isEmpty ? "nothing" : ruleList(one.expect, entry))</td>\
                <td>\(one.caseName.map { caseLink($0, entry) } ?? "")</td></tr>
                """
            })
    }

    /// What to do.
    func playbook(_ list: [PlaybookStep], _ entry: CatalogueEntry) -> HTML {
        guard !list.isEmpty else { return "" }
        let id = entry.strategy.id
        let steps = list.map { step -> HTML in
            let decisions = step.decisions.map { one -> HTML in
                let next: HTML =
                    list.contains { $0.id == one.next }
                    ? "<a href=\"#\(HTML.anchor("step", id, one.next))\">\(one.next)</a>" : "<b>\(one.next)</b>"
                return "<li>if \(one.condition): \(next)</li>"
            }
            return """
                <li id="\(HTML.anchor("step", id, step.id))"><b>\(step.id)</b> \(step.action)
                \(step.command.map { "<pre><code>\($0)</code></pre>" } ?? "" as HTML)
                \(decisions.isEmpty ? "" : "<ul>\(decisions)</ul>" as HTML)</li>
                """
        }
        return "<ol class=\"steps\">\(steps)</ol>"
    }

    // MARK: Words

    /// A table whose cells stand below one another, each under its heading, where the page is narrow; nothing when it has
    /// no rows.
    func table(_ heads: [String], _ rows: [HTML]) -> HTML {
        guard !rows.isEmpty else { return "" }
        return """
            <div class="wide stack"><table><thead><tr>\(heads.map { "<th scope=\"col\">\($0)</th>" })</tr></thead>
            <tbody>\(rows.map { Self.labelled($0, heads) })</tbody></table></div>
            """
    }

    /// A row whose cells carry their heading, for where there is no room for a line of headings.
    private static func labelled(_ row: HTML, _ heads: [String]) -> HTML {
        // What comes from documents is escaped, so a cell's tag is a cell's tag.
        let parts = row.markup.split(separator: "<td", omittingEmptySubsequences: false).map(String.init)
        let first = parts[0].contains("<th") ? 1 : 0
        return zip(parts.dropFirst(), heads.dropFirst(first)).reduce(HTML(safeMarkup: parts[0])) { made, cell in
            made + "<td data-head=\"\(cell.1)\"" + HTML(safeMarkup: cell.0)
        }
    }

    /// A level of urgency.
    func level(_ level: Level) -> HTML { "<span class=\"level \(level.rawValue)\">\(level.rawValue)</span>" }

    /// What a case is about.
    func kind(_ kind: CaseKind) -> HTML {
        switch kind {
        case .attack: "<span class=\"kind attack\">attack</span>"
        case .benign: "<span class=\"kind benign\">benign</span>"
        case .miss: "<span class=\"kind miss\">expected miss</span>"
        }
    }

    /// Words of code.
    func codes(_ list: [String]) -> HTML { .joined(list.map { "<code>\($0)</code>" }, by: " ") }

    /// A log source in the words rules use.
    func words(_ source: RuleLogSource) -> String {
        [source.product, source.category, source.service].compactMap { $0 }.joined(separator: " / ")
    }

    private func ruleList(_ ids: [String]?, _ entry: CatalogueEntry) -> HTML {
        guard let ids else { return "all" }
        return .joined(ids.map { title(ofRule: $0, in: entry) }, by: "<br>")
    }

    private func caseLink(_ name: String, _ entry: CatalogueEntry) -> HTML {
        guard entry.cases.contains(where: { $0.name == name }) else { return "<code>\(name)</code>" }
        return "<a href=\"#\(HTML.anchor("case", entry.strategy.id, name))\">\(name)</a>"
    }
}

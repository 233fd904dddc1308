// SPDX-License-Identifier: Apache-2.0
import Proving
import Sigma
import Strategies

extension Catalogue {
    /// A strategy, whole.
    func article(_ entry: CatalogueEntry) -> HTML {
        let strategy = entry.strategy
        let anchor = HTML.anchor("strategy", strategy.id)
        return """
            <article class="filtered" id="\(anchor)" aria-labelledby="\(anchor)-title">
            <header><h2 id="\(anchor)-title">\(strategy.title)</h2>
            <p><span class="id">\(strategy.id)</span> · \(badge(strategy.proof)) \(strategy.proof.level.summary)</p>
            \(obstacles(strategy.proof))
            <nav aria-label="Sections of \(strategy.title)"><ul class="inline">\(contents(entry))</ul></nav>
            </header>
            \(entry.document.sections.indices.map { section($0, of: entry) })
            \(rulesSection(entry))
            \(casesSection(entry))
            </article>

            """
    }

    private func obstacles(_ proof: ProofState) -> HTML {
        guard !proof.obstacles.isEmpty else { return "" }
        return """
            <details class="gap"><summary>\(count(proof.obstacles.count, "obstacle", "obstacles")) to the next level</summary>
            <ul>\(proof.obstacles.prefix(50).map { "<li>\($0)</li>" })</ul></details>
            """
    }

    private func contents(_ entry: CatalogueEntry) -> [HTML] {
        let sections = entry.document.sections.indices.map { index -> HTML in
            "<li><a href=\"#\(anchor(ofSection: index, entry))\">\(entry.document.sections[index].heading)</a></li>"
        }
        let id = entry.strategy.id
        return sections + [
            "<li><a href=\"#\(HTML.anchor("rules", id))\">Rules</a></li>",
            "<li><a href=\"#\(HTML.anchor("cases", id))\">Recorded cases</a></li>",
        ]
    }

    private func anchor(ofSection index: Int, _ entry: CatalogueEntry) -> String {
        HTML.anchor("section", entry.strategy.id, String(index))
    }

    private func section(_ index: Int, of entry: CatalogueEntry) -> HTML {
        let section = entry.document.sections[index]
        let bytes = entry.document.bytes
        let body = section.body.clamped(to: 0..<bytes.count)
        let text = String(decoding: bytes[body], as: UTF8.self)
        let prose = MarkdownHTML.render(text, headingShift: 2) { $0.lowercased().hasSuffix("yaml vedette") }
        let isFirst = entry.document.sections.firstIndex { $0.kind == section.kind } == index
        return """
            <section id="\(anchor(ofSection: index, entry))">
            <h3>\(section.heading)</h3>
            <div class="prose">\(prose)</div>
            \(isFirst ? acting(section.kind, entry) : "")
            \(source(of: section))
            </section>

            """
    }

    /// The blocks through which the section acts, as written: what their matchers say exactly.
    private func source(of section: Section) -> HTML {
        let blocks = section.code.filter { $0.info.lowercased().hasSuffix("yaml vedette") }
        guard !blocks.isEmpty else { return "" }
        return """
            <details><summary>As the document states it for the program</summary>
            \(blocks.map { "<pre><code>\($0.text)</code></pre>" })</details>
            """
    }

    /// What the section's blocks say, for people.
    private func acting(_ kind: SectionKind?, _ entry: CatalogueEntry) -> HTML {
        let blocks = entry.document.blocks
        return switch kind {
        case .categorization: categorization(entry)
        case .strategyAbstract: data(blocks.data)
        case .blindSpots: assumptions(blocks.assumptions) + blindSpots(blocks.blindSpots, entry)
        case .falsePositives: suppressions(blocks.suppressions, entry)
        case .priority: priority(blocks.priority, entry)
        case .validation: validation(blocks.validation, entry)
        case .response: playbook(blocks.playbook, entry)
        case .goal, .technicalContext, .additionalResources, nil: ""
        }
    }
}

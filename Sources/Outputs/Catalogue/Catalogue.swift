// SPDX-License-Identifier: Apache-2.0
import Attack
import Proving
import Sigma

/// The strategies as one HTML page that needs nothing else: no network, no script, no other file.
public struct Catalogue {
    let entries: [CatalogueEntry]
    let coverage: Coverage

    /// Prepares a catalogue; `coverage` is that of the same strategies.
    public init(_ entries: [CatalogueEntry], coverage: Coverage) {
        self.entries = entries
        self.coverage = coverage
    }

    /// The page.
    public var page: String {
        let html: HTML = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <title>Strategies</title>
            <style>\(HTML(stringLiteral: Self.style))</style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the strategies</a>
            <header class="top">
            <h1>Detection strategies</h1>
            <p>\(summary)</p>
            <p id="filter" hidden><label for="filter-text">Filter</label> <input id="filter-text" type="search" \
            placeholder="technique, rule, strategy" autocomplete="off"> <output id="filter-count"></output></p>
            </header>
            <main id="content">
            \(strategyIndex)
            \(techniqueIndex)
            \(entries.map(article))
            </main>
            <footer>
            <p>Proof levels: \(levels).</p>
            <p>Technique names are those of MITRE ATT&amp;CK® \(coverage.attackVersion). \(AttackRelease.notice)</p>
            </footer>
            <script>\(HTML(stringLiteral: Self.script))</script>
            </body>
            </html>

            """
        return html.markup
    }

    /// Nothing may be loaded or run but the page's own style and its one script, which is named by its digest.
    private var policy: String {
        "default-src 'none'; style-src 'unsafe-inline'; script-src '\(Self.scriptDigest)'; base-uri 'none'; "
            + "form-action 'none'"
    }

    private var summary: HTML {
        let rules = entries.reduce(0) { $0 + $1.strategy.rules.count }
        let covered = coverage.techniques.count { !$0.rows.isEmpty }
        return """
            \(count(entries.count, "strategy", "strategies")), \(count(rules, "rule", "rules")) for \
            \(count(covered, "technique", "techniques")) of ATT&amp;CK \(coverage.attackVersion). Proof levels as found on \
            \(time(coverage.date)).
            """
    }

    private var levels: HTML {
        .joined(ProofState.Level.allCases.map { "<b>\($0.rawValue)</b> \($0.summary)" }, by: " · ")
    }

    // MARK: What all parts use

    func count(_ number: Int, _ one: String, _ many: String) -> HTML { "\(number) \(number == 1 ? one : many)" }

    /// A time: the day to read, the whole for machines.
    func time(_ date: String) -> HTML { "<time datetime=\"\(date)\">\(String(date.prefix(10)))</time>" }

    /// A proof level with its date, never one without the other.
    func badge(_ proof: ProofState) -> HTML {
        """
        <span class="proof p\(proof.level.rawValue)" title="\(proof.level.summary)">proof \(proof.level.rawValue)</span> \
        \(time(proof.date))
        """
    }

    func link(rule: String, title: String, of strategy: String) -> HTML {
        "<a href=\"#\(HTML.anchor("rule", strategy, rule))\">\(title)</a>"
    }

    /// A link to a technique's row of the index where there is one, else its id.
    func link(technique id: String) -> HTML {
        guard coverage.techniques.contains(where: { $0.id == id }) else { return "<span class=\"id\">\(id)</span>" }
        return "<a class=\"id\" href=\"#\(HTML.anchor("technique", id))\">\(id)</a>"
    }

    /// The rule's title, or its id where the strategy has none of that id.
    func title(ofRule id: String, in entry: CatalogueEntry) -> HTML {
        guard let rule = entry.rules.first(where: { $0.metadata.identifier == id }) else { return "<code>\(id)</code>" }
        return link(rule: id, title: rule.metadata.title, of: entry.strategy.id)
    }
}

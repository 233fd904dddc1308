// SPDX-License-Identifier: Apache-2.0
import Proving
import Strategies

/// Coverage as a table for people.
public struct CoverageText {
    private let coverage: Coverage
    private let style: TableStyle

    /// Prepares a table.
    public init(_ coverage: Coverage, style: TableStyle) {
        self.coverage = coverage
        self.style = style
    }

    /// The table, ended by a line feed.
    public var text: String {
        var lines = coverage.strategies.map(line)
        let covered = coverage.techniques.filter { !$0.rows.isEmpty }
        if !covered.isEmpty {
            lines += ["", heading("TECHNIQUE", "PROOF", "DATE", "RULES")]
            for technique in covered { lines += block(technique) }
        }
        let unmet = coverage.techniques.filter { !$0.unmetClaims.isEmpty }
        if !unmet.isEmpty {
            lines += ["", bold("CLAIMED WITHOUT A RULE")]
            lines += unmet.map { "  \(shown($0))  (\(Displayed($0.unmetClaims.joined(separator: ", "))))" }
        }
        lines += elementLines
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ strategy: CoveredStrategy) -> String {
        let own = coverage.techniques.count { $0.rows.contains { $0.strategy == strategy.id } }
        let head =
            "\(style.text(Displayed(strategy.id), .bold)): proof level \(strategy.proof.level.rawValue), "
            + "\(strategy.proof.level.summary), \(strategy.proof.day); \(strategy.rules.count.counted("rule")) for "
            + "\(own.counted("technique")) of ATT&CK \(coverage.attackVersion)"
        let most = 5
        var lines = [head] + strategy.proof.obstacles.prefix(most).map { "  not higher: \(Displayed($0))" }
        let rest = strategy.proof.obstacles.count - most
        if rest > 0 { lines.append("  and \(rest) more") }
        return lines.joined(separator: "\n")
    }

    private func block(_ technique: Coverage.Technique) -> [String] {
        let proof = technique.proof
        var lines = [
            columns(
                shown(technique), proof.map { String($0.level.rawValue) } ?? "-", proof?.day ?? "-",
                Displayed(String(technique.rows.count)), .bold)
        ]
        for row in technique.rows {
            lines.append(
                columns(
                    Displayed("  " + row.title), String(row.proof.level.rawValue), row.proof.day,
                    Displayed(row.strategy), nil))
        }
        return lines
    }

    private func shown(_ technique: Coverage.Technique) -> Displayed {
        Displayed(
            [technique.id, technique.name, technique.remark.map { "(\($0))" } ?? ""].filter { !$0.isEmpty }
                .joined(separator: " "))
    }

    private var elementLines: [String] {
        guard !coverage.elements.isEmpty else { return [] }
        let open = coverage.elements.filter { !$0.isBound }
        var lines = [
            "",
            "\(bold("ANALYTICS")) \(coverage.elements.count - open.count) of \(coverage.elements.count) mutable elements "
                + "bound",
        ]
        for element in open {
            var why = "not mentioned"
            if case .unbound(let reason) = element.binding { why = reason }
            lines.append(
                "  unbound: \(element.technique) \(element.analytic) \(Displayed(element.field)) "
                    + "(\(Displayed(element.strategy))): \(Displayed(why))")
        }
        return lines
    }

    private func heading(_ a: String, _ b: String, _ c: String, _ d: String) -> String {
        columns(Displayed(a), b, c, Displayed(d), .dim)
    }

    private func columns(
        _ name: Displayed, _ level: String, _ date: String, _ rest: Displayed, _ attribute: TableStyle.Attribute?
    ) -> String {
        let first = max(24, min(72, style.width - 40))
        return style.text(name.fitted(first).padded(first), attribute) + "  "
            + style.text(Displayed(level).padded(5), attribute) + "  " + Displayed(date).padded(10).description + "  "
            + rest.description
    }

    private func bold(_ text: String) -> String { style.text(Displayed(text), .bold) }
}

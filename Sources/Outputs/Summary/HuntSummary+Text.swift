// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma
import Strategies

extension HuntSummary {
    /// The summary for people: aligned, a few lines, nothing shown that did not happen.
    ///
    /// Every line fits the style.
    public func text(style: TableStyle = TableStyle()) -> String {
        var rows: [Row] = []
        rows.append(("alerts", Self.levels(alertsByLevel) + folding))
        rows.append(("inputs", inputs + pace))
        rows.append(("events", "\(Quantity.count(events)) from \(Quantity.count(records)) records"))
        for (source, count) in eventsByLogsource.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) })
            .prefix(Self.mostSources)
        {
            rows.append(("", "\(Quantity.count(count)) \(source)"))
        }
        if eventsByLogsource.count > Self.mostSources {
            rows.append(("", "and \(eventsByLogsource.count - Self.mostSources) more log sources"))
        }
        rows.append(("rules", "\(Quantity.count(UInt64(max(0, rulesLoaded)))) loaded"))
        if rulesRefused > 0 {
            rows.append(
                ("", "\(Quantity.count(UInt64(rulesRefused))) refused; `vedette lint` with their folder says why"))
        }
        rows += losses.enumerated().map { index, loss in
            (index == 0 ? "lost" : "", "\(Quantity.count(loss.count)) \(loss.meaning)")
        }
        rows += suppressionRows + muteRows + skippedRows + problemRows
        return rows.flatMap { row in
            StyledText(Displayed(row.text)).wrapped(style.width - Self.margin, most: Self.mostLines).lines.enumerated()
                .map { index, line in
                    let label = Displayed(index == 0 ? row.label : "").padded(Self.margin)
                    return style.text(label, .dim) + line.rendered(style) + "\n"
                }
        }.joined()
    }

    private typealias Row = (label: String, text: String)
    private static let margin = 10
    private static let mostLines = 3
    private static let mostSources = 8
    private static let mostMute = 10
    private static let mostSkipped = 5
    private static let mostSuppressions = 10

    private static func amount(_ number: Int, _ noun: String) -> String {
        "\(Quantity.count(UInt64(max(0, number)))) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func levels(_ counts: [Level: Int]) -> String {
        let present = Level.allCases.reversed().compactMap { level in
            counts[level].flatMap { $0 > 0 ? "\(Quantity.count(UInt64($0))) \(level.rawValue)" : nil }
        }
        return present.isEmpty ? "none" : present.joined(separator: ", ")
    }

    private var folding: String {
        (foldedRepeats > 0 ? "; \(Quantity.count(foldedRepeats)) repeats folded" : "")
            + (evictedAlerts > 0
                ? "; \(Quantity.count(evictedAlerts)) given out early" : "")
    }

    private var inputs: String {
        let skipped = inputsSkipped.isEmpty ? "" : ", \(Quantity.count(UInt64(inputsSkipped.count))) skipped"
        return "\(Quantity.count(UInt64(inputsRead))) read\(skipped), \(Quantity.bytes(bytes))"
    }

    private var pace: String {
        guard duration > 0 else { return "" }
        func rate(_ amount: UInt64) -> UInt64 { UInt64(max(0, min(Double(amount) / duration, 1e15))) }
        return " in \(Quantity.seconds(duration)) (\(Quantity.bytes(rate(bytes)))/s, "
            + "\(Quantity.count(rate(events))) events/s)"
    }

    private var muteRows: [Row] {
        var absent: [String: Int] = [:]
        for rule in muteRules { if let source = rule.missingLogsource { absent[source, default: 0] += 1 } }
        var rows: [Row] = []
        if !absent.isEmpty {
            let most = absent.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            let shown = most.prefix(Self.mostSources).map { "\($0.key) (\(Quantity.count(UInt64($0.value))))" }
            let rest = most.count > shown.count ? " and \(most.count - shown.count) more" : ""
            let count = absent.values.reduce(0, +)
            rows.append(
                (
                    "mute",
                    "\(Self.amount(count, "rule")) \(count == 1 ? "looks" : "look") at log sources that did not "
                        + "arrive: " + shown.joined(separator: ", ") + rest
                ))
        }
        let fieldless = muteRules.filter { $0.missingLogsource == nil }
        guard !fieldless.isEmpty else { return rows }
        rows.append(
            (
                rows.isEmpty ? "mute" : "",
                "\(Self.amount(fieldless.count, "rule")) \(fieldless.count == 1 ? "needs" : "need") fields that no event had:"
            ))
        for rule in fieldless.prefix(Self.mostMute) {
            rows.append(("", "  \(rule.title): " + rule.missingFields.joined(separator: ", ")))
        }
        if fieldless.count > Self.mostMute { rows.append(("", "  and \(fieldless.count - Self.mostMute) more")) }
        return rows
    }

    /// What was silenced, then what no longer works or must not: the ones that did nothing are not worth a line.
    private var suppressionRows: [Row] {
        let silencing = suppressions.filter { $0.state == .inForce && $0.hits > 0 }
            .sorted { ($1.hits, $0.suppression.id) < ($0.hits, $1.suppression.id) }
        let texts =
            silencing.map { record in
                let terms = [record.suppression.owner, record.suppression.expires.map { "until \($0)" }]
                    .compactMap { $0 }.joined(separator: ", ")
                return "\(Self.amount(Int(clamping: record.hits), "finding")) by \(Self.name(record))"
                    + (terms.isEmpty ? "" : " (\(terms))")
            }
            + suppressions.filter { $0.state == .expired }.map {
                "\(Self.name($0)) expired on \($0.suppression.expires ?? "?") and silences nothing"
            }
            + suppressions.filter { $0.state == .refused }.map {
                "\(Self.name($0)) is refused and silences nothing: \($0.refusal ?? "unknown")"
            }
        var rows = texts.prefix(Self.mostSuppressions).enumerated().map { index, text in
            Row(index == 0 ? "silenced" : "", text)
        }
        if texts.count > Self.mostSuppressions { rows.append(("", "and \(texts.count - Self.mostSuppressions) more")) }
        return rows
    }

    private static func name(_ record: SuppressionRecord) -> String {
        "\(record.suppression.id) of \(record.strategy)"
    }

    private var skippedRows: [Row] {
        var rows: [Row] = inputsSkipped.prefix(Self.mostSkipped).enumerated().map { index, input in
            (index == 0 ? "skipped" : "", "\(input.path): \(input.reason)")
        }
        let more = inputsSkipped.count - Self.mostSkipped
        if more > 0 { rows.append(("", "and \(more) more")) }
        return rows
    }

    private var problemRows: [Row] {
        var rows: [Row] = []
        for problem in problems {
            rows.append((rows.isEmpty ? "problems" : "", "\(Quantity.count(problem.count)) \(problem.kind)"))
            for sample in problem.samples {
                let place = sample.position > 0 ? ":\(sample.position)" : ""
                rows.append(("", "  \(sample.path)\(place): \(sample.message)"))
            }
        }
        return rows
    }
}

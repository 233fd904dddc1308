// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma

extension HuntSummary {
    /// The summary for people: aligned, a few lines, nothing shown that did not happen.
    ///
    /// Every line fits the style.
    public func text(style: TableStyle = TableStyle()) -> String {
        var rows: [(label: String, text: String)] = []
        rows.append(("alerts", Self.levels(alertsByLevel) + folding))
        rows.append(("inputs", inputs))
        rows.append(("events", "\(Quantity.count(events)) from \(Quantity.count(records)) records" + pace))
        for (source, count) in eventsByLogsource.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) })
            .prefix(Self.mostSources)
        {
            rows.append(("", "\(Quantity.count(count)) \(source)"))
        }
        if eventsByLogsource.count > Self.mostSources {
            rows.append(("", "and \(eventsByLogsource.count - Self.mostSources) more log sources"))
        }
        let refused = rulesRefused > 0 ? ", \(Quantity.count(UInt64(rulesRefused))) refused" : ""
        rows.append(("rules", "\(Quantity.count(UInt64(rulesLoaded))) loaded" + refused))
        rows += muteRows + problemRows
        return rows.map { row in
            let label = Displayed(row.label).padded(Self.margin)
            return style.text(label, .dim) + Displayed(row.text).fitted(style.width - Self.margin).description + "\n"
        }.joined()
    }

    private static let margin = 10
    private static let mostSources = 8
    private static let mostMute = 10

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
        let rate = Double(events) / duration
        return " in \(Quantity.seconds(duration)) (\(Quantity.count(UInt64(max(0, min(rate, 1e15)))))/s)"
    }

    private var muteRows: [(label: String, text: String)] {
        guard !muteRules.isEmpty else { return [] }
        var rows = [("mute", "\(Quantity.count(UInt64(muteRules.count))) rules could not have fired on this input:")]
        for rule in muteRules.prefix(Self.mostMute) {
            let missing =
                rule.missingLogsource.map { "no events of \($0)" }
                ?? "no event has " + rule.missingFields.joined(separator: ", ")
            rows.append(("", "\(rule.title): \(missing)"))
        }
        if muteRules.count > Self.mostMute { rows.append(("", "and \(muteRules.count - Self.mostMute) more")) }
        return rows
    }

    private var problemRows: [(label: String, text: String)] {
        var rows: [(label: String, text: String)] = []
        for input in inputsSkipped { rows.append(("skipped", "\(input.path): \(input.reason)")) }
        for problem in problems {
            rows.append(("problems", "\(Quantity.count(problem.count)) \(problem.kind)"))
            for sample in problem.samples {
                let place = sample.position > 0 ? ":\(sample.position)" : ""
                rows.append(("", "\(sample.path)\(place): \(sample.message)"))
            }
        }
        return rows
    }
}

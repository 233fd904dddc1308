// SPDX-License-Identifier: Apache-2.0
import Alerts

/// How the events of one alert differed, and which inputs they came from.
extension AlertBlock {
    /// The most fields, values of one, and inputs that are shown; the others are counted.
    private static let (mostFields, mostValues, mostSources) = (3, 4, 3)

    /// The values that matched, each with how often it was seen.
    mutating func addDifferences(_ alert: Alert) {
        for (number, field) in alert.differing.prefix(Self.mostFields).enumerated() {
            let shown = field.values.prefix(Self.mostValues)
            addLine(number == 0 ? "differ" : "", field.field, .dim)
            let width = shown.reduce(0) { max($0, String($1.count).utf8.count) }
            for value in shown {
                let count = String(repeating: " ", count: width - String(value.count).utf8.count) + "\(value.count)×"
                var line = StyledText(Displayed("  " + count + "  "), .dim)
                if let text = value.value {
                    line.append(Displayed(text))
                } else {
                    line.append(Displayed("absent"), .dim)
                }
                addText("", line, most: 2)
            }
            if let rest = field.rest(shown: Self.mostValues) { addLine("", "  \(rest)", .dim) }
        }
        let more = alert.differing.count - Self.mostFields
        if more > 0 { addLine("", "and \(more) more \(more == 1 ? "field differs" : "fields differ")", .dim) }
    }

    /// The inputs, where there is more than the one the first event names.
    mutating func addSources(_ alert: Alert) {
        guard alert.sources.count > 1 || alert.moreSources > 0 else { return }
        for (number, source) in alert.sources.prefix(Self.mostSources).enumerated() {
            let count = Displayed("\(source.count)× ")
            // The end of a path tells more than its front.
            let path = Displayed(source.path).fittedToEnd(room - count.width)
            addText(number == 0 ? "read in" : "", StyledText(count + path, .dim), most: 1)
        }
        let inputs = alert.sources.count - Self.mostSources
        let beyond = alert.moreSources > 0 ? "; \(alert.moreSources)× from others still" : ""
        if inputs > 0 {
            addLine("", "and \(inputs) more \(inputs == 1 ? "input" : "inputs")\(beyond)", .dim)
        } else if alert.moreSources > 0 {
            addLine("", "\(alert.moreSources)× from other inputs", .dim)
        }
    }
}

extension DifferingField {
    /// What is left out behind `shown` values: `and 3 more values, 12× others`; nil when nothing is.
    func rest(shown: Int) -> String? {
        let hidden = values.count - shown
        var parts: [String] = []
        if hidden > 0 { parts.append("\(hidden) more \(hidden == 1 ? "value" : "values")") }
        if more > 0 { parts.append("\(more)× other values") }
        return parts.isEmpty ? nil : "and " + parts.joined(separator: ", ")
    }
}

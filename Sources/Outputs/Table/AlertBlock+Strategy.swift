// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma
import Strategies

/// What the strategy adds to an alert: its level's reason, who silenced it, what to do next and what is not seen.
extension AlertBlock {
    /// Of the response, the steps shown.
    private static let mostSteps = 2

    /// Why the level is what it is, where the rule alone does not say it, and who silenced the alert.
    mutating func addPriority(_ alert: Alert) {
        if let because = alert.priority.because {
            let own =
                alert.priority.ruleLevel == alert.level ? "" : " (the rule says \(alert.priority.ruleLevel.rawValue))"
            addText("level", StyledText(Displayed("\(because)\(own)")), most: 2)
        }
        if let suppressed = alert.suppressed {
            let terms = [suppressed.owner, suppressed.expires.map { "until \($0)" }].compactMap { $0 }
            let who = suppressed.id + (terms.isEmpty ? "" : " (\(terms.joined(separator: ", ")))")
            addText("silenced", StyledText(Displayed(who + (suppressed.reason.map { ": \($0)" } ?? ""))), most: 2)
        }
    }

    /// The first steps of the response with their commands, and what the rule does not see.
    mutating func addGuidance(_ guidance: Guidance) {
        for (index, step) in guidance.response.prefix(Self.mostSteps).enumerated() {
            addText(index == 0 ? "next" : "", StyledText(Displayed(step.action)), most: 2)
            if let command = step.command {
                var line = StyledText(Displayed("$ "), .dim)
                line.append(Displayed(command), .bold)
                // A command is for copying: more of it is shown than of a sentence.
                addText("", line, most: 6)
                if !step.unfilled.isEmpty {
                    let names = step.unfilled.map { "{\($0)}" }.joined(separator: ", ")
                    addText("", StyledText(Displayed("to be filled in by hand: \(names)"), .dim), most: 2)
                }
            }
        }
        let more = guidance.response.count - Self.mostSteps
        if more > 0 { addLine("", "and \(more) more \(more == 1 ? "step" : "steps") in the document", .dim) }
        guard let spot = guidance.blindSpots.first else { return }
        let others = guidance.blindSpots.count - 1
        let count = others > 0 ? " (and \(others) more)" : ""
        addText("blind", StyledText(Displayed(spot.statement + count), .dim), most: 2)
    }
}

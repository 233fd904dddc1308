// SPDX-License-Identifier: Apache-2.0

extension SectionKind {
    /// How a heading names a section.
    package enum HeadingMatch: Hashable {
        /// By the section's own name.
        case name(SectionKind)
        /// By another name it is known by.
        case synonym(SectionKind)

        /// The section.
        package var kind: SectionKind {
            switch self {
            case .name(let kind), .synonym(let kind): kind
            }
        }
    }

    /// The section a heading names; nil when it names none (`docs/reference/strategy.md`, synonyms).
    package static func named(by heading: String) -> HeadingMatch? {
        let words = normalized(heading)
        if let kind = names[words] { return .name(kind) }
        if let kind = synonyms[words] { return .synonym(kind) }
        return nil
    }

    /// A heading in lower case, without numbering, punctuation at its ends and anything in parentheses.
    package static func normalized(_ heading: String) -> String {
        var text = ""
        var depth = 0
        for character in heading.lowercased() {
            switch character {
            case "(", "[": depth += 1
            case ")", "]": depth = max(0, depth - 1)
            default: if depth == 0 { text.append(character == "&" ? "+" : character) }
            }
        }
        var words = text.replacing("+", with: " and ").split { $0.isWhitespace || $0 == "_" || $0 == "*" }.map(
            String.init)
        while let first = words.first, isNumbering(first) { words.removeFirst() }
        if words.first == "the" { words.removeFirst() }
        return words.joined(separator: " ").trimming { !$0.isLetter && !$0.isNumber }
    }

    /// Whether a word numbers a heading: `1.`, `2.3`, `IV.`, `a)`, `#5`, or a mark without letters such as an emoji.
    private static func isNumbering(_ word: String) -> Bool {
        if !word.contains(where: \.isLetter) { return true }
        let isRoman = word.hasSuffix(".") && word.dropLast().allSatisfy { "ivx".contains($0) }
        return isRoman || ["section", "step", "part"].contains(word)
    }

    private static let names: [String: SectionKind] = {
        var names: [String: SectionKind] = [:]
        for kind in allCases { names[normalized(kind.rawValue)] = kind }
        return names
    }()

    private static let synonyms: [String: SectionKind] = [
        "goals": .goal, "objective": .goal, "objectives": .goal, "purpose": .goal, "overview": .goal,
        "categorisation": .categorization, "category": .categorization, "classification": .categorization,
        "mitre att and ck": .categorization, "att and ck": .categorization, "mitre attack": .categorization,
        "att and ck mapping": .categorization, "mitre att and ck mapping": .categorization,
        "abstract": .strategyAbstract, "strategy": .strategyAbstract, "detection strategy": .strategyAbstract,
        "detection logic": .strategyAbstract, "detection methodology": .strategyAbstract,
        "context": .technicalContext, "technical background": .technicalContext, "background": .technicalContext,
        "technical details": .technicalContext,
        "blind spots": .blindSpots, "assumptions": .blindSpots, "limitations": .blindSpots, "gaps": .blindSpots,
        "assumptions and blind spots": .blindSpots, "blindspots and assumptions": .blindSpots,
        "blindspots": .blindSpots, "known limitations": .blindSpots,
        "false positive": .falsePositives, "known false positives": .falsePositives,
        "benign activity": .falsePositives, "tuning": .falsePositives,
        "alert priority": .priority, "severity": .priority, "urgency": .priority,
        "priority level": .priority,
        "testing": .validation, "emulation": .validation, "adversary emulation": .validation,
        "verification": .validation, "test plan": .validation,
        "response actions": .response, "triage": .response, "investigation": .response,
        "response procedures": .response, "playbook": .response, "triage and response": .response,
        "references": .additionalResources, "resources": .additionalResources,
        "further reading": .additionalResources,
    ]
}

extension String {
    /// The text without characters at its ends for which the test holds.
    package func trimming(_ isTrimmed: (Character) -> Bool) -> String {
        var rest = Substring(self)
        while let first = rest.first, isTrimmed(first) { rest.removeFirst() }
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return String(rest)
    }
}

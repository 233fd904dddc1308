// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Findings about searches and conditions.
enum SearchLint {
    /// Checks the detection of a rule.
    static func check(_ rule: Rule, _ findings: inout RuleLint.Findings) {
        let own = rule.detection.searches.filter { !$0.name.hasPrefix(FilterApplication.prefix) }
        for search in own {
            for item in search.search.items { check(item, &findings) }
        }
        var single: [String] = []
        for condition in rule.detection.conditions { collectSingles(condition, &single) }
        for name in single where !name.hasPrefix(FilterApplication.prefix) {
            let place = own.first { $0.name == name }?.location ?? rule.metadata.location
            findings.add(.singleItemOf, "an 'of' expression of the condition selects '\(name)' alone", at: place)
        }
    }

    private static func collectSingles(_ condition: Condition, _ names: inout [String]) {
        switch condition {
        case .of(_, let selected):
            if selected.count == 1, !names.contains(selected[0]) { names.append(selected[0]) }
        case .and(let operands), .or(let operands):
            for operand in operands { collectSingles(operand, &names) }
        case .not(let operand): collectSingles(operand, &names)
        case .search: break
        }
    }

    private static func check(_ item: DetectionItem, _ findings: inout RuleLint.Findings) {
        if let field = item.field, field.first == " " || field.last == " " || field.contains("  ") {
            findings.add(.fieldWithSpace, "the field '\(field)' has spaces that are probably slips", at: item.location)
        }
        checkDuplicates(item, &findings)
        let isRegex = item.modifiers.contains(.re)
        for value in item.values {
            guard case .string(let text) = value else { continue }
            if isRegex {
                checkRegex(text, item, &findings)
            } else {
                checkWildcards(text, item, &findings)
            }
        }
    }

    private static func checkDuplicates(_ item: DetectionItem, _ findings: inout RuleLint.Findings) {
        guard item.values.count > 1 else { return }
        let minded: Set<Modifier> = [.re, .cased, .base64, .base64offset, .fieldref]
        let mindsCase = !minded.isDisjoint(with: item.modifiers)
        var seen: Set<[UInt8]> = []
        for value in item.values {
            let text = Comparison.text(value)
            if !seen.insert(mindsCase ? Array(text.utf8) : CaseFolding.fold(text)).inserted {
                findings.add(
                    .duplicateValue, "\(ModifierRules.describe(value)) stands twice in the list", at: item.location)
            }
        }
    }

    private static func checkWildcards(_ text: String, _ item: DetectionItem, _ findings: inout RuleLint.Findings) {
        let pieces = StringPattern(parsing: text).pieces
        if pieces == [.anything] {
            findings.add(
                .wildcardOnlyValue, "the value '*' of '\(item.field ?? "keywords")' asks whether the field is there",
                at: item.location)
            return
        }
        let atStart = item.modifiers.contains { $0 == .contains || $0 == .endswith }
        let atEnd = item.modifiers.contains { $0 == .contains || $0 == .startswith }
        if (atStart && pieces.first == .anything) || (atEnd && pieces.last == .anything) {
            findings.add(
                .redundantWildcard, "the wildcard at the end of '\(text.prefix(60))' is what the modifier says already",
                at: item.location)
        }
    }

    /// A regular expression without operators: text, escaped punctuation, `.*` or an anchor at either end.
    private static func checkRegex(_ text: String, _ item: DetectionItem, _ findings: inout RuleLint.Findings) {
        var body = text[...]
        if body.hasPrefix("^") { body = body.dropFirst() }
        if body.hasPrefix(".*") { body = body.dropFirst(2) }
        if body.hasSuffix(".*"), !body.hasSuffix("\\.*") { body = body.dropLast(2) }
        if body.hasSuffix("$"), !body.hasSuffix("\\$") { body = body.dropLast() }
        var isEscaped = false
        for character in body {
            if isEscaped {
                if character.isLetter || character.isNumber { return }
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if ".^$*+?()[]{}|".contains(character) {
                return
            }
        }
        guard !isEscaped, !body.isEmpty else { return }
        findings.add(
            .regexCouldBePlain, "'\(text.prefix(60))' needs no regular expression", at: item.location)
    }
}

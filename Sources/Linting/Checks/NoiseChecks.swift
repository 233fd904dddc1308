// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// False positives and priority: can anybody tell the one, does anything decide the other.
struct NoiseChecks {
    let today: String

    func check(_ subject: LintSubject, _ findings: inout Findings) {
        let document = subject.document
        for suppression in document.blocks.suppressions {
            var missing: [String] = []
            if suppression.owner?.isEmpty ?? true { missing.append("owner") }
            if suppression.expires == nil { missing.append("expiry") }
            if !missing.isEmpty {
                findings.add(
                    .suppressionUnaccountable,
                    "the suppression '\(suppression.id)' has no \(missing.joined(separator: " and no "))",
                    at: suppression.location)
            }
            if let expires = suppression.expires, expires <= today {
                findings.add(
                    .suppressionExpired, "the suppression '\(suppression.id)' expired on \(expires)",
                    at: suppression.location)
            }
        }
        if document.blocks.suppressions.isEmpty { checkProse(document, &findings) }
        checkPriority(document, &findings)
    }

    private func checkProse(_ document: StrategyDocument, _ findings: inout Findings) {
        for passage in document.sections(.falsePositives).flatMap(\.passages) where passage.kind == .item {
            guard !Concreteness.namesSomething(passage) else { continue }
            findings.add(
                .falsePositiveVague,
                "'\(passage.text.excerpt())' names no field, value, account or path that tells it from an attack",
                at: passage.location)
        }
    }

    private func checkPriority(_ document: StrategyDocument, _ findings: inout Findings) {
        let sections = document.sections(.priority)
        guard !sections.isEmpty else { return }
        if let block = document.blocks.priority {
            guard block.criteria.isEmpty, block.defaultLevel != nil else { return }
            return findings.add(
                .priorityUnconditional, "every alert gets the same level: there are no criteria", at: block.location)
        }
        let levels = Level.allCases.map(\.rawValue)
        let stated = sections.flatMap(\.passages).filter { passage in
            let words = passage.text.lowercased().split { !$0.isLetter }.map(String.init)
            return words.contains(where: levels.contains)
        }
        let conditions = [" if ", " when ", " unless ", "|"]
        let hasCriteria =
            stated.count { passage in conditions.contains { " \(passage.text.lowercased())".contains($0) } } > 1
        guard !hasCriteria else { return }
        findings.add(
            .priorityUnconditional,
            "the level is stated once for all alerts; no criterion ties it to what is in an alert",
            at: stated.first?.location ?? sections[0].location)
    }
}

/// Whether prose is concrete.
enum Concreteness {
    /// Whether a passage names something that stands in an event: code, a path, a field, an account, a number.
    ///
    /// A word counts when it holds a slash, backslash, underscore, digit, `=`, `$`, `@` or `*`, or an upper-case letter
    /// inside (`CommandLine`, `gitlabRunner`), or when it is quoted. `CI/CD` and the like do not: upper case alone.
    static func namesSomething(_ passage: Passage) -> Bool {
        if !passage.code.isEmpty { return true }
        if passage.text.contains("\"") || passage.text.contains("'") && passage.text.split(separator: "'").count > 2 {
            return true
        }
        return passage.text.split(whereSeparator: \.isWhitespace).contains { word in
            let word = word.trimming { ".,;:()!?".contains($0) }
            if word.allSatisfy({ $0.isUppercase || $0 == "/" || $0.isNumber }) { return false }
            if word.contains(where: { "/\\_=$@*".contains($0) || $0.isNumber }) {
                return
                    !(word.contains("/") && word.split(separator: "/").allSatisfy { $0.allSatisfy(\.isLetter) }
                    && !word.hasPrefix("/"))
            }
            let isInner = word.dropFirst().contains(where: \.isUppercase) && word.contains(where: \.isLowercase)
            return isInner && !["macOS", "GitHub", "GitLab", "DevOps", "PowerShell"].contains(word)
        }
    }
}

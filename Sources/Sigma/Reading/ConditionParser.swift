// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Parses conditions (specification 2.1, "Condition").
///
/// Weakest first: `or`, `and`, `not`, `x of`; parentheses bind tightest. Operators are read without regard to case,
/// identifiers with it.
struct ConditionParser {
    /// Why a condition is refused; the caller knows where it stands.
    struct Failure: Error {
        let code: SigmaDiagnosticCode
        let message: String
    }

    /// Longest condition, in bytes of UTF-8.
    ///
    /// The longest of SigmaHQ has some hundreds.
    static let maximumLength = 16_384
    /// Deepest nesting of parentheses and `not`.
    static let maximumDepth = 64

    /// The searches there are, in order; nil to accept any name (extended correlations list no rules).
    private let names: [String]?
    private let known: Set<String>
    private let allowsSelectors: Bool
    private var tokens: [String] = []
    private var position = 0
    private var selections: [String: [String]] = [:]

    /// The names the conditions used so far, those selected by patterns included, each once, in order of appearance.
    private(set) var used: [String] = []
    private var usedSet: Set<String> = []

    /// Prepares for conditions over searches.
    ///
    /// `allowsSelectors` says whether `1 of pattern` is part of the language.
    init(names: [String]?, allowsSelectors: Bool = true) {
        self.names = names
        self.known = Set(names ?? [])
        self.allowsSelectors = allowsSelectors
    }

    /// Parses one condition.
    mutating func parse(_ text: String) throws(Failure) -> Condition {
        guard text.utf8.count <= Self.maximumLength else {
            throw Failure(code: .conditionTooDeep, message: "the condition is over \(Self.maximumLength) bytes long")
        }
        if text.contains("|") {
            throw Failure(
                code: .aggregationCondition,
                message: "aggregations after '|' were removed from Sigma; write a correlation instead")
        }
        tokens = Self.tokens(of: text)
        position = 0
        if tokens.isEmpty { throw Failure(code: .badCondition, message: "the condition is empty") }
        let condition = try or(depth: 0)
        if position < tokens.count { throw unexpected("an operator or the end") }
        return condition
    }

    private static func tokens(of text: String) -> [String] {
        var tokens: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            let isParenthesis = scalar == "(" || scalar == ")"
            if isParenthesis || scalar.properties.isWhitespace {
                if !word.isEmpty { tokens.append(word) }
                word = ""
                if isParenthesis { tokens.append(String(scalar)) }
            } else {
                word.unicodeScalars.append(scalar)
            }
        }
        if !word.isEmpty { tokens.append(word) }
        return tokens
    }

    // MARK: - Grammar

    private mutating func or(depth: Int) throws(Failure) -> Condition {
        var operands = [try and(depth: depth)]
        while accept("or") { operands.append(try and(depth: depth)) }
        return operands.count == 1 ? operands[0] : .or(operands)
    }

    private mutating func and(depth: Int) throws(Failure) -> Condition {
        var operands = [try not(depth: depth)]
        while accept("and") { operands.append(try not(depth: depth)) }
        return operands.count == 1 ? operands[0] : .and(operands)
    }

    private mutating func not(depth: Int) throws(Failure) -> Condition {
        guard depth < Self.maximumDepth else {
            throw Failure(
                code: .conditionTooDeep, message: "the condition nests deeper than \(Self.maximumDepth) levels")
        }
        if accept("not") { return .not(try not(depth: depth + 1)) }
        if accept("(") {
            let condition = try or(depth: depth + 1)
            guard accept(")") else { throw unexpected("')'") }
            return condition
        }
        return try operand()
    }

    private mutating func operand() throws(Failure) -> Condition {
        guard position < tokens.count else { throw unexpected("a search") }
        let word = tokens[position]
        let isSelector = position + 1 < tokens.count && tokens[position + 1].lowercased() == "of"
        if isSelector { return try selector(word) }
        if ["and", "or", "of", ")", "("].contains(word.lowercased()), !known.contains(word) {
            throw unexpected("a search")
        }
        position += 1
        if names != nil, !known.contains(word) { throw unknown(word) }
        use(word)
        return .search(word)
    }

    private mutating func selector(_ word: String) throws(Failure) -> Condition {
        guard allowsSelectors else {
            throw Failure(code: .badCondition, message: "'\(word) of' cannot be used here; name the rules")
        }
        position += 2
        guard position < tokens.count, !["(", ")"].contains(tokens[position]) else { throw unexpected("a pattern") }
        let pattern = tokens[position]
        position += 1
        let selected = try select(pattern)
        for name in selected { use(name) }
        switch word.lowercased() {
        case "1", "any": return .of(.any, selected)
        case "all": return .of(.all, selected)
        default:
            guard let count = Int(word) else {
                throw Failure(
                    code: .badCondition, message: "'\(word) of' is no quantifier; use 1, any, all or a number")
            }
            guard count >= 1, count <= selected.count else {
                throw Failure(
                    code: .badQuantifier, message: "'\(word) of \(pattern)' selects \(selected.count) searches")
            }
            return .of(.atLeast(count), selected)
        }
    }

    /// The searches a pattern or `them` selects.
    ///
    /// Names that begin with an underscore are private: only a pattern that begins with one too selects them.
    private mutating func select(_ pattern: String) throws(Failure) -> [String] {
        if let selected = selections[pattern] { return selected }
        let isThem = pattern.lowercased() == "them" && !known.contains(pattern)
        let selected = (names ?? []).filter { name in
            if name.hasPrefix("_") && (isThem || !pattern.hasPrefix("_")) { return false }
            return isThem || Wildcards.matches(pattern, name)
        }
        guard !selected.isEmpty else {
            let hint = pattern.contains("*") || isThem ? "" : "; a pattern needs '*' to select more than one name"
            throw Failure(code: .emptySelector, message: "'\(pattern)' selects no search\(hint)")
        }
        selections[pattern] = selected
        return selected
    }

    // MARK: - Helpers

    private mutating func accept(_ word: String) -> Bool {
        guard position < tokens.count, tokens[position].lowercased() == word else { return false }
        position += 1
        return true
    }

    private mutating func use(_ name: String) {
        if usedSet.insert(name).inserted { used.append(name) }
    }

    private func unexpected(_ wanted: String) -> Failure {
        let found = position < tokens.count ? "'\(tokens[position])'" : "the end of the condition"
        return Failure(code: .badCondition, message: "\(wanted) was expected, not \(found)")
    }

    private func unknown(_ word: String) -> Failure {
        if word.lowercased() == "near" {
            return Failure(
                code: .aggregationCondition,
                message: "'near' was removed from Sigma; write a correlation of type temporal instead")
        }
        let others = (names ?? []).prefix(12).joined(separator: ", ")
        return Failure(
            code: .unknownSearch,
            message: "there is no '\(word)'\(NearestName.hint(for: word, among: names ?? [])); there are: \(others)")
    }
}

/// Matching names against patterns with `*`.
enum Wildcards {
    /// Whether the whole name matches; `*` stands for any run of characters.
    ///
    /// Linear memory, time at most the product of the lengths.
    static func matches(_ pattern: String, _ name: String) -> Bool {
        let pattern = Array(pattern.utf8)
        let name = Array(name.utf8)
        var (p, n) = (0, 0)
        var retry: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                retry = (p + 1, n)
                p += 1
            } else if p < pattern.count, pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let last = retry {
                retry = (last.pattern, last.name + 1)
                p = last.pattern
                n = last.name + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

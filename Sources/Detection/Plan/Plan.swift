// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// A rule set compiled for one vocabulary: shared predicates and condition nodes, independent of any log source.
struct Plan {
    var predicates: [Predicate] = []
    var nodes: [Node] = []
    var regexes: [Regex] = []
    /// For each regular expression, literals one of which every match contains (see `RegexLiterals`).
    private(set) var regexLiterals: [[[UInt8]]?] = []
    var rules: [CompiledRule] = []
    /// Rules that read well but cannot be evaluated.
    var diagnostics: [Diagnostic] = []

    private var predicateNumbers: [Predicate: Int32] = [:]
    private var nodeNumbers: [Node: Int32] = [:]
    private var regexNumbers: [RegexKey: Int] = [:]

    private struct RegexKey: Hashable {
        var pattern: String
        var flags: RegexFlags
    }

    mutating func number(of predicate: Predicate) -> Int32 {
        if let known = predicateNumbers[predicate] { return known }
        let number = Int32(predicates.count)
        predicates.append(predicate)
        predicateNumbers[predicate] = number
        return number
    }

    mutating func number(of node: Node) -> Int32 {
        if let known = nodeNumbers[node] { return known }
        let number = Int32(nodes.count)
        nodes.append(node)
        nodeNumbers[node] = number
        return number
    }

    mutating func regex(_ pattern: String, _ flags: RegexFlags) throws(RegexError) -> Int {
        let key = RegexKey(pattern: pattern, flags: flags)
        if let known = regexNumbers[key] { return known }
        regexes.append(try Regex(pattern, flags))
        regexLiterals.append(RegexLiterals(pattern, ignoreCase: flags.ignoreCase).best)
        regexNumbers[key] = regexes.count - 1
        return regexes.count - 1
    }

    /// Simplifies and shares a conjunction.
    mutating func and(_ children: [Int32]) -> Int32 {
        var kept: [Int32] = []
        for child in children {
            switch nodes[Int(child)] {
            case .always: continue
            case .never: return number(of: .never)
            default: if !kept.contains(child) { kept.append(child) }
            }
        }
        if kept.count == 1 { return kept[0] }
        return number(of: kept.isEmpty ? .always : .and(kept))
    }

    /// Simplifies and shares a disjunction.
    mutating func or(_ children: [Int32]) -> Int32 {
        var kept: [Int32] = []
        var seen = Set<Int32>()
        for child in children {
            switch nodes[Int(child)] {
            case .never: continue
            case .always: return number(of: .always)
            default: if seen.insert(child).inserted { kept.append(child) }
            }
        }
        if kept.count == 1 { return kept[0] }
        return number(of: kept.isEmpty ? .never : .or(kept))
    }

    mutating func not(_ child: Int32) -> Int32 {
        switch nodes[Int(child)] {
        case .always: number(of: .never)
        case .never: number(of: .always)
        case .not(let inner): inner
        default: number(of: .not(child))
        }
    }
}

/// A rule in its compiled form.
struct CompiledRule {
    /// Position in the `RuleSet`.
    var number: Int
    var logsource: RuleLogSource
    /// The whole condition.
    var root: Int32
    /// Predicates one of which must hold for the rule to hold; nil when there is no such set.
    var witness: [Int32]?
    /// What explanations are made of, in the order the rule writes it.
    var searches: [ExplainedSearch]
    /// Every field the rule looks at.
    var fields: Set<FieldID>
    var looksAtKeywords: Bool
}

/// A search with the nodes of its items, kept for explanations.
struct ExplainedSearch {
    var name: String
    var root: Int32
    /// Whether the condition uses it other than under `not`.
    var isPositive: Bool
    var items: [ExplainedItem]
}

/// An item with its predicates, kept for explanations.
struct ExplainedItem {
    var field: String?
    var root: Int32
    var isNegated: Bool
    /// For each test: the pattern as the rule writes it, and the predicate.
    var tests: [(pattern: String, predicate: Int32)]
}

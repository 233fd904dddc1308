// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// A rule set compiled for one vocabulary: shared predicates and condition nodes, independent of any log source.
struct Plan {
    var predicates: [Predicate] = []
    var nodes: [Node] = []
    var regexes: [Regex] = []
    /// For each regular expression, sets of literals; every match contains one of each (see `RegexLiterals`).
    private(set) var regexLiterals: [[[[UInt8]]]] = []
    var rules: [CompiledRule] = []
    /// The log sources of the rules; neighbours that look at the same share one.
    private(set) var logsources: [RuleLogSource] = []
    /// Rules that read well but cannot be evaluated.
    var diagnostics: [Diagnostic] = []
    /// For each predicate whether it is to be known of every event (see `isEager`); none before witnesses were found.
    var isAwaited: [Bool] = []

    private var predicateNumbers: [Predicate: Int32] = [:]
    private var nodeNumbers: [Node: Int32] = [:]
    /// For each predicate the node that is nothing but it; -1 when there is none yet.
    private var predicateNodes: [Int32] = []
    private var regexNumbers: [RegexKey: Int] = [:]

    /// Bytes, because canonically equivalent texts are equal as strings and different as expressions.
    private struct RegexKey: Hashable {
        var pattern: [UInt8]
        var flags: RegexFlags
    }

    /// Makes room for about so many values of rules.
    mutating func reserve(_ values: Int) {
        predicates.reserveCapacity(values)
        predicateNumbers.reserveCapacity(values)
        nodeNumbers.reserveCapacity(values / 2)
        nodes.reserveCapacity(values + values / 2)
    }

    /// Drops what only building the plan needs.
    mutating func close() {
        predicateNumbers = [:]
        nodeNumbers = [:]
        predicateNodes = []
        regexNumbers = [:]
    }

    /// The position of a rule's log source.
    mutating func number(of logsource: RuleLogSource) -> Int {
        if logsources.last != logsource { logsources.append(logsource) }
        return logsources.count - 1
    }

    mutating func number(of predicate: Predicate) -> Int32 {
        let next = Int32(predicates.count)
        // Looking it up and entering it takes one search.
        func noted(_ number: inout Int32) -> Int32 {
            if number < 0 { number = next }
            return number
        }
        let number = noted(&predicateNumbers[predicate, default: -1])
        if number == next {
            predicates.append(predicate)
            predicateNodes.append(-1)
        }
        return number
    }

    /// The node that is nothing but a predicate.
    mutating func node(ofPredicate number: Int32) -> Int32 {
        let known = predicateNodes[Int(number)]
        if known >= 0 { return known }
        let node = Int32(nodes.count)
        nodes.append(.predicate(number))
        predicateNodes[Int(number)] = node
        return node
    }

    mutating func number(of node: Node) -> Int32 {
        if case .predicate(let number) = node { return self.node(ofPredicate: number) }
        if let known = nodeNumbers[node] { return known }
        let number = Int32(nodes.count)
        nodes.append(node)
        nodeNumbers[node] = number
        return number
    }

    mutating func regex(_ pattern: String, _ flags: RegexFlags) throws(RegexError) -> Int {
        let key = RegexKey(pattern: Array(pattern.utf8), flags: flags)
        if let known = regexNumbers[key] { return known }
        regexes.append(try Regex(RegexRewriter.rewritten(pattern), flags))
        regexLiterals.append(RegexLiterals(pattern, ignoreCase: flags.ignoreCase).sets)
        regexNumbers[key] = regexes.count - 1
        return regexes.count - 1
    }

    /// Whether the index answers a predicate for every event, because a rule waits for it or is evaluated anyway.
    func isEager(_ number: Int32) -> Bool { isAwaited[Int(number)] && predicates[Int(number)].test.isIndexed }

    /// Whether the index answers a predicate only once a rule that was woken asks about its field.
    func isDeferred(_ number: Int32) -> Bool { !isAwaited[Int(number)] && predicates[Int(number)].test.isIndexed }

    /// Simplifies and shares a conjunction.
    mutating func and(_ children: [Int32]) -> Int32 {
        if children.count == 1 { return children[0] }
        var kept: [Int32] = []
        kept.reserveCapacity(children.count)
        var seen = SeenNodes()
        for child in children {
            switch nodes[Int(child)] {
            case .always: continue
            case .never: return number(of: .never)
            default: if seen.insert(child, kept) { kept.append(child) }
            }
        }
        if kept.count == 1 { return kept[0] }
        return number(of: kept.isEmpty ? .always : .and(kept))
    }

    /// Simplifies and shares a disjunction.
    mutating func or(_ children: [Int32]) -> Int32 {
        if children.count == 1 { return children[0] }
        var kept: [Int32] = []
        kept.reserveCapacity(children.count)
        var seen = SeenNodes()
        for child in children {
            switch nodes[Int(child)] {
            case .never: continue
            case .always: return number(of: .always)
            default: if seen.insert(child, kept) { kept.append(child) }
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

/// Which children a node has already: a look at the few there are, a set once there are many.
private struct SeenNodes {
    private static let few = 16
    private var set = Set<Int32>()

    /// Whether a child is none of those kept so far.
    mutating func insert(_ child: Int32, _ kept: [Int32]) -> Bool {
        if kept.count < Self.few { return !kept.contains(child) }
        if set.isEmpty { set.formUnion(kept) }
        return set.insert(child).inserted
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Finds the members of correlations and puts members before those that use them.
///
/// A member gives no alerts of its own unless a correlation that uses it says `generate: true` (specification 2.1:
/// `generate` is off by default). When several correlations use a member and one of them generates, it is heard: the
/// author of that one asked for it.
struct CorrelationResolution {
    private let rules: [Rule]
    private let ruleIndex: ReferenceIndex
    private let chain: PipelineChain

    /// The correlations in order, members first.
    private(set) var resolved: [ResolvedCorrelation] = []
    /// Rules that only feed correlations.
    private(set) var silentRules: Set<Int> = []
    /// Correlations that could not be resolved.
    private(set) var refusals: [Refusal] = []
    /// Warnings.
    private(set) var diagnostics: [Diagnostic] = []

    /// Prepares for correlations over these rules.
    init(rules: [Rule], chain: PipelineChain) {
        self.rules = rules
        self.chain = chain
        ruleIndex = ReferenceIndex(rules.map(\.metadata))
    }

    /// Resolves all correlations (Kahn's algorithm; input order is kept where it can be).
    mutating func resolve(_ correlations: [Correlation]) {
        let index = ReferenceIndex(correlations.map(\.metadata))
        var needs: [[Int]] = []
        var users: [[Int]] = Array(repeating: [], count: correlations.count)
        for (position, correlation) in correlations.enumerated() {
            let needed = correlation.rules.compactMap { reference in
                ruleIndex.positions(of: reference).isEmpty ? index.positions(of: reference).first : nil
            }
            needs.append(needed)
            for other in needed { users[other].append(position) }
        }
        var open = needs.map(\.count)
        var queue = open.indices.filter { open[$0] == 0 }
        var places: [Int?] = Array(repeating: nil, count: correlations.count)
        var done = 0
        while done < queue.count {
            let position = queue[done]
            done += 1
            places[position] = place(correlations[position], index, places)
            for user in users[position] {
                open[user] -= 1
                if open[user] == 0 { queue.append(user) }
            }
        }
        for position in correlations.indices where open[position] > 0 {
            refuseCycle(correlations, from: position, needs, open)
        }
        findSilent()
    }

    /// Adds a correlation whose members are settled; gives its place, or nil when it is refused.
    private mutating func place(_ correlation: Correlation, _ index: ReferenceIndex, _ places: [Int?]) -> Int? {
        var members: [ResolvedCorrelation.Member] = []
        for reference in correlation.rules {
            let found = ruleIndex.positions(of: reference)
            let others = index.positions(of: reference)
            if let rule = found.first {
                members.append(.rule(rule))
            } else if let other = others.first, let place = places[other] {
                members.append(.correlation(place))
            } else {
                refuse(
                    correlation, .unresolvedReference,
                    "the correlation refers to '\(reference)', which is not loaded or was refused")
                return nil
            }
            if found.count + others.count > 1 {
                diagnostics.append(
                    Diagnostic(
                        .warning, SigmaDiagnosticCode.ambiguousReference.rawValue,
                        "several documents are called '\(reference)'; the first is used",
                        at: correlation.metadata.location))
            }
        }
        var correlation = correlation
        do {
            try chain.apply(to: &correlation, logsources: logsources(of: members))
        } catch {
            refusals.append(error)
            return nil
        }
        resolved.append(ResolvedCorrelation(correlation: correlation, members: members))
        return resolved.count - 1
    }

    /// The log sources of the rules below some members, for conditions of pipelines.
    private func logsources(of members: [ResolvedCorrelation.Member]) -> [RuleLogSource] {
        guard !chain.isEmpty else { return [] }
        var open = members
        var seen: Set<ResolvedCorrelation.Member> = []
        var sources: Set<RuleLogSource> = []
        while let member = open.popLast() {
            guard seen.insert(member).inserted else { continue }
            switch member {
            case .rule(let rule): sources.insert(rules[rule].logsource)
            case .correlation(let place): open += resolved[place].members
            }
        }
        return Array(sources)
    }

    /// Refuses a correlation that waits for itself, or for one that does.
    private mutating func refuseCycle(_ correlations: [Correlation], from start: Int, _ needs: [[Int]], _ open: [Int]) {
        var path = [start]
        var onPath: Set<Int> = [start]
        var position = start
        while let next = needs[position].first(where: { open[$0] > 0 }) {
            path.append(next)
            guard onPath.insert(next).inserted else { break }
            position = next
        }
        let names = path.prefix(8).map { "'\(correlations[$0].metadata.title)'" }.joined(separator: " uses ")
        refuse(correlations[start], .correlationCycle, "correlations wait for each other: \(names)")
    }

    private mutating func refuse(_ correlation: Correlation, _ code: SigmaDiagnosticCode, _ message: String) {
        refusals.append(Refusal(code, message, at: correlation.metadata.location))
    }

    private mutating func findSilent() {
        var used: Set<ResolvedCorrelation.Member> = []
        var heard: Set<ResolvedCorrelation.Member> = []
        for correlation in resolved {
            used.formUnion(correlation.members)
            if correlation.correlation.generate { heard.formUnion(correlation.members) }
        }
        for member in used.subtracting(heard) {
            switch member {
            case .rule(let rule): silentRules.insert(rule)
            case .correlation(let place): resolved[place].isSilent = true
            }
        }
    }
}

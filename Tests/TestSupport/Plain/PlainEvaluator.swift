// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma

/// Sigma read word by word, one rule and one event at a time: slow, short, and what the engine is held against.
///
/// Where the specification is silent it follows `docs/explanation/sigma-semantics.md`.
public struct PlainEvaluator: Evaluator {
    private let rules: [Rule]
    private let vocabulary: Vocabulary
    /// The searches of each rule by identifier.
    private let searches: [[String: PlainSearch]]
    /// The rules that look at a log source, for those met so far.
    private var covering: [LogSource: [Int]] = [:]

    /// Prepares the rules of a set.
    public init(rules: RuleSet, vocabulary: Vocabulary) {
        self.rules = rules.rules
        self.vocabulary = vocabulary
        searches = rules.rules.map { rule in
            Dictionary(rule.detection.searches.map { ($0.name, PlainSearch($0.search)) }) { first, _ in first }
        }
    }

    /// The matches of a batch, sorted.
    public mutating func matches(in batch: EventBatch) -> [Match] {
        var found: [Match] = []
        for index in batch.events.indices {
            let event = PlainEvent(index, of: batch, vocabulary: vocabulary)
            for rule in rules(for: event.source) where holds(rule, for: event) {
                found.append(Match(event: index, rule: rule))
            }
        }
        return found
    }

    private mutating func rules(for source: LogSource) -> [Int] {
        if let known = covering[source] { return known }
        let covering = rules.indices.filter { PlainLogSource.covers(rules[$0].logsource, source) }
        self.covering[source] = covering
        return covering
    }

    private func holds(_ rule: Int, for event: PlainEvent) -> Bool {
        rules[rule].detection.conditions.contains { holds($0, searches[rule], event) }
    }

    private func holds(_ condition: Condition, _ searches: [String: PlainSearch], _ event: PlainEvent) -> Bool {
        switch condition {
        case .search(let name): return searches[name]?.holds(for: event) ?? false
        case .and(let parts): return parts.allSatisfy { holds($0, searches, event) }
        case .or(let parts): return parts.contains { holds($0, searches, event) }
        case .not(let part): return !holds(part, searches, event)
        case .of(let quantifier, let names):
            let count = names.count { searches[$0]?.holds(for: event) ?? false }
            switch quantifier {
            case .any: return count >= 1
            case .all: return count == names.count
            case .atLeast(let wanted): return count >= wanted
            }
        }
    }
}

/// Which events a rule looks at.
enum PlainLogSource {
    /// Categories of a rule that stand for several categories of events.
    static let members = [
        "registry_event": ["registry_event", "registry_set", "registry_add", "registry_delete", "registry_rename"]
    ]

    /// Whether every part the rule names is the event's own.
    static func covers(_ rule: RuleLogSource, _ event: LogSource) -> Bool {
        covers(rule.product, event.product) && covers(rule.category, event.category)
            && covers(rule.service, event.service)
    }

    private static func covers(_ wanted: String?, _ part: String?) -> Bool {
        guard let wanted = wanted?.lowercased() else { return true }
        guard let part = part?.lowercased() else { return false }
        return (members[wanted] ?? [wanted]).contains(part)
    }
}

/// A search with its items prepared.
indirect enum PlainSearch {
    case all([PlainSearch])
    case any([PlainSearch])
    case item(PlainItem)

    init(_ search: Search) {
        switch search {
        case .all(let parts): self = .all(parts.map { PlainSearch($0) })
        case .any(let parts): self = .any(parts.map { PlainSearch($0) })
        case .item(let item): self = .item(PlainItem(item))
        }
    }

    func holds(for event: PlainEvent) -> Bool {
        switch self {
        case .all(let parts): parts.allSatisfy { $0.holds(for: event) }
        case .any(let parts): parts.contains { $0.holds(for: event) }
        case .item(let item): item.holds(for: event)
        }
    }
}

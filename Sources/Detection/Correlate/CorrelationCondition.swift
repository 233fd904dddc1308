// SPDX-License-Identifier: Apache-2.0
import Sigma

/// A condition over the members of a correlation, names replaced by places in the list.
indirect enum CorrelationCondition: Sendable {
    case occurs([Int])
    case not(CorrelationCondition)
    case all([CorrelationCondition])
    case any([CorrelationCondition])
    case atLeast(Int, [[Int]])

    /// Finds the places each name stands for.
    init(_ condition: Condition, places: (String) -> [Int]) {
        func compiled(_ children: [Condition]) -> [CorrelationCondition] {
            children.map { CorrelationCondition($0, places: places) }
        }
        switch condition {
        case .search(let name): self = .occurs(places(name))
        case .not(let inner): self = .not(CorrelationCondition(inner, places: places))
        case .and(let children): self = .all(compiled(children))
        case .or(let children): self = .any(compiled(children))
        case .of(let quantifier, let names):
            let least =
                switch quantifier {
                case .any: 1
                case .all: names.count
                case .atLeast(let wanted): wanted
                }
            self = .atLeast(least, names.map(places))
        }
    }

    /// Whether it holds: what stands under `not` must be nowhere in the window, everything else among the members that
    /// happened (in their order, for the ordered kind).
    func holds(happened: (Int) -> Bool, seen: (Int) -> Bool, isNegated: Bool = false) -> Bool {
        func occurs(_ places: [Int]) -> Bool { places.contains { isNegated ? seen($0) : happened($0) } }
        switch self {
        case .occurs(let places): return occurs(places)
        case .not(let inner): return !inner.holds(happened: happened, seen: seen, isNegated: !isNegated)
        case .all(let children):
            return children.allSatisfy { $0.holds(happened: happened, seen: seen, isNegated: isNegated) }
        case .any(let children):
            return children.contains { $0.holds(happened: happened, seen: seen, isNegated: isNegated) }
        case .atLeast(let wanted, let names): return names.count(where: occurs) >= wanted
        }
    }
}

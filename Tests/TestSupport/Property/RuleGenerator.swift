// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Random rules over every modifier, nesting of searches and form of condition.
enum RuleGenerator {
    static let fields = ["Image", "CommandLine", "User", "a.b.c", "F", "G"]
    static let sources = [
        RuleLogSource(product: "linux"), RuleLogSource(category: "process_creation"),
        RuleLogSource(category: "process_creation", product: "linux"), RuleLogSource(category: "registry_event"),
    ]
    /// Chains of modifiers that are allowed; `all` and `neq` are added at random.
    static let chains: [[Modifier]] = [
        [], [], [], [.contains], [.contains], [.startswith], [.endswith], [.cased], [.contains, .cased],
        [.cased, .endswith], [.startswith, .endswith], [.windash], [.contains, .windash], [.windash, .contains],
        [.wide], [.utf16le, .contains], [.utf16be], [.utf16], [.base64], [.base64, .contains],
        [.base64offset, .contains], [.base64offset, .contains, .cased], [.wide, .base64offset, .contains],
        [.utf16be, .base64, .contains], [.utf16, .base64, .startswith], [.windash, .base64offset, .contains],
        [.re], [.re, .i], [.re, .m], [.re, .s], [.re, .ignorecase], [.re, .multiline, .dotall],
        [.lt], [.lte], [.gt], [.gte], [.minute], [.hour], [.day], [.week], [.month], [.year], [.hour, .gte],
        [.month, .lt], [.cidr], [.exists], [.fieldref], [.fieldref, .cased], [.fieldref, .contains],
        [.fieldref, .startswith], [.fieldref, .endswith],
    ]

    private static let keywordChains: [[Modifier]] = [
        [], [], [], [.contains], [.re], [.cased], [.startswith], [.base64offset, .contains],
    ]

    static func rule(_ random: inout SeededGenerator) -> Rule {
        let names = Array(["selection", "sel", "_hidden", "not_filter"].prefix(random.number(1...4)))
        let searches = names.map { name in
            NamedSearch(name: name, search: search(depth: 2, &random), location: testLocation)
        }
        let conditions = (0..<(random.chance(15) ? 2 : 1)).map { _ in condition(names, depth: 3, &random) }
        return Rule(
            metadata: Metadata(title: "generated", location: testLocation),
            logsource: random.chance(25) ? random.pick(sources) : RuleLogSource(),
            detection: Detection(searches: searches, conditions: conditions))
    }

    private static func search(depth: Int, _ random: inout SeededGenerator) -> Search {
        if random.chance(10) { return .item(keywords(&random)) }
        let parts = (0..<random.number(random.chance(4) ? 0...0 : 1...2)).map { _ in
            depth > 0 && random.chance(15) ? search(depth: depth - 1, &random) : Search.item(item(&random))
        }
        return random.chance(75) ? .all(parts) : .any(parts)
    }

    private static func condition(_ names: [String], depth: Int, _ random: inout SeededGenerator) -> Condition {
        if depth == 0 || random.chance(35) { return .search(random.pick(names)) }
        switch random.number(0...9) {
        case 0...2: return .and((0..<2).map { _ in condition(names, depth: depth - 1, &random) })
        case 3...5: return .or((0..<random.number(2...3)).map { _ in condition(names, depth: depth - 1, &random) })
        case 6...7: return .not(condition(names, depth: depth - 1, &random))
        default:
            let chosen = names.filter { _ in random.chance(70) }
            return .of(random.pick([.any, .all, .atLeast(2)]), chosen.isEmpty ? names : chosen)
        }
    }

    private static func keywords(_ random: inout SeededGenerator) -> DetectionItem {
        let chain = random.pick(keywordChains)
        return item(field: nil, chain, &random)
    }

    static func item(_ random: inout SeededGenerator) -> DetectionItem {
        item(field: random.pick(fields), random.pick(chains), &random)
    }

    static func item(field: String?, _ chain: [Modifier], _ random: inout SeededGenerator) -> DetectionItem {
        let single = chain.contains(.exists)
        let count = single ? 1 : random.chance(2) ? 0 : random.number(1...3)
        let values = (0..<count).map { _ in value(chain, isKeyword: field == nil, &random) }
        var modifiers = chain
        // Flags of `re` must follow it, so what is added stands at either end.
        if count > 1, random.chance(30) { modifiers.insert(.all, at: random.chance(50) ? 0 : modifiers.count) }
        if random.chance(12) { modifiers.insert(.neq, at: random.chance(50) ? 0 : modifiers.count) }
        return DetectionItem(field: field, modifiers: modifiers, values: values, location: testLocation)
    }

    private static func value(_ chain: [Modifier], isKeyword: Bool, _ random: inout SeededGenerator) -> Value {
        if chain.contains(.re) { return .string(random.pick(Samples.expressions).expression) }
        if chain.contains(.cidr) { return .string(random.pick(Samples.networks).network) }
        if chain.contains(.exists) { return .boolean(random.chance(60)) }
        if chain.contains(.fieldref) { return .string(random.pick(fields)) }
        if let limits = chain.lazy.compactMap({ Samples.parts[$0] }).first {
            return .integer(Int64(random.number(limits)))
        }
        if !Set(chain).isDisjoint(with: [.lt, .lte, .gt, .gte]) {
            return random.chance(70)
                ? .integer(Int64(random.number(-5...50))) : .float(Double(random.number(-20...80)) / 4)
        }
        if !Set(chain).isDisjoint(with: [.base64, .base64offset]) { return .string(TextGenerator.plain(&random)) }
        if chain.isEmpty, random.chance(25) { return special(isKeyword: isKeyword, &random) }
        if chain == [.contains], random.chance(10) { return .integer(Int64(random.number(0...99))) }
        let text = TextGenerator.sigma(&random)
        return random.chance(10) ? .pattern(StringPattern(parsing: text)) : .string(text)
    }

    private static func special(isKeyword: Bool, _ random: inout SeededGenerator) -> Value {
        switch random.number(isKeyword ? 1...3 : 0...3) {
        case 0: .null
        case 1: .integer(Int64(random.number(-1...60)))
        case 2: .float(Double(random.number(0...80)) / 4)
        default: .boolean(random.chance(50))
        }
    }
}

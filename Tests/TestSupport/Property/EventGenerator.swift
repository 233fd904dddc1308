// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// Random events drawn from the patterns of rules, so that about half of the items match.
enum EventGenerator {
    private static let sources = [
        LogSource(product: "linux", category: "process_creation", service: "auditd"), LogSource(product: "linux"),
        LogSource(product: "windows", category: "registry_set"), LogSource(),
    ]

    static func event(for rules: [Rule], _ random: inout SeededGenerator) -> TestEvent {
        var event = TestEvent(source: random.pick(sources), [:])
        let all = rules.flatMap { $0.detection.searches }.flatMap { items(of: $0.search) }
        for item in all.shuffled(using: &random).prefix(random.number(max(all.count / 2, 1)...max(all.count, 1))) {
            let wanted = random.chance(85)
            for field in fields(for: item, met: wanted != item.modifiers.contains(.neq), &random) {
                // A field that is there already seldom becomes an array.
                let isTaken = event.fields.contains { $0.name == field.name }
                if !isTaken || random.chance(35) { event.fields.append(field) }
            }
        }
        if random.chance(15), let last = event.fields.popLast() { event.added.append(last) }
        return event
    }

    static func items(of search: Search) -> [DetectionItem] {
        switch search {
        case .all(let parts), .any(let parts): parts.flatMap { items(of: $0) }
        case .item(let item): [item]
        }
    }

    private static func fields(for item: DetectionItem, met: Bool, _ random: inout SeededGenerator) -> [TestEvent.Field]
    {
        let name = item.field ?? random.pick(RuleGenerator.fields)
        if item.modifiers.contains(.exists) {
            let present = (item.values == [.boolean(true)]) == met
            return present ? [.init(name: name, value: random.pick(["", nil, 5, .container]))] : []
        }
        if item.values.contains(.null), random.chance(50) {
            return met == random.chance(90)
                ? random.pick([[], [.init(name: name, value: nil)]]) : [.init(name: name, value: "x")]
        }
        if item.modifiers.contains(.fieldref) { return reference(name, item, met: met, &random) }
        let chosen =
            item.modifiers.contains(.all) ? item.values : item.values.randomElement(using: &random).map { [$0] } ?? []
        var members = chosen.map { value in member(for: value, item, met: met, &random) }
        if members.count > 1, random.chance(40) {
            // One text that may hold them all.
            members = [.init(kind: .string, bytes: members.flatMap(\.bytes))]
        }
        if random.chance(10) { members.append(.init(kind: random.pick([.null, .container]), bytes: [])) }
        if random.chance(10) { members.insert(.init(kind: .string, bytes: TextGenerator.filler(&random)), at: 0) }
        return members.isEmpty ? [] : [.init(name: name, value: EventValue(members: members))]
    }

    private static func reference(
        _ name: String, _ item: DetectionItem, met: Bool, _ random: inout SeededGenerator
    ) -> [TestEvent.Field] {
        let own = TextGenerator.filler(&random, atMost: 3)
        let others = item.values.compactMap { value -> TestEvent.Field? in
            guard case .string(let other) = value, random.chance(90) else { return nil }
            var bytes = own
            if item.modifiers.contains(.contains) || item.modifiers.contains(.startswith) {
                bytes = Array(own.prefix(2))
            }
            if item.modifiers.contains(.endswith) { bytes = Array(own.suffix(2)) }
            return .init(name: other, value: .bytes(met ? bytes : TextGenerator.mutated(bytes + [0x7A], &random)))
        }
        return [.init(name: name, value: .bytes(own))] + others
    }

    private static func member(
        for value: Value, _ item: DetectionItem, met: Bool, _ random: inout SeededGenerator
    ) -> EventValue.Member {
        let modifiers = item.modifiers
        func text(_ text: String) -> EventValue.Member { .init(kind: .string, bytes: Array(text.utf8)) }
        if modifiers.contains(.re), let sample = Samples.expressions.first(where: { .string($0.expression) == value }) {
            var bytes = Array(fitting(sample, modifiers, &random).utf8)
            if sample.isFloating { bytes = TextGenerator.filler(&random) + bytes + TextGenerator.filler(&random) }
            return .init(kind: .string, bytes: met ? bytes : TextGenerator.mutated(bytes, &random))
        }
        if modifiers.contains(.cidr), let sample = Samples.networks.first(where: { .string($0.network) == value }) {
            return text(random.pick(met ? sample.inside : sample.outside))
        }
        if !Set(modifiers).isDisjoint(with: Samples.parts.keys) {
            return text(moment(for: value, item, met: met, &random))
        }
        let tests = PlainItem.tests(of: value, item)
        switch tests.randomElement(using: &random) {
        case .compare(_, let number, _): return near(number, &random)
        case .number(let number):
            if !met { return near(number, &random) }
            switch number {
            case .integer(let whole):
                return random.pick([
                    .init(kind: .integer, bytes: Array("\(whole)".utf8)), text("\(whole)"),
                    .init(kind: .float, bytes: Array("\(whole).0".utf8)),
                ])
            case .real(let real):
                return random.chance(70) ? .init(kind: .float, bytes: Array("\(real)".utf8)) : text("\(real)")
            }
        case .boolean(let flag):
            let shown = Array("\(flag == met)".utf8)
            return random.chance(60) ? .init(kind: .boolean, bytes: shown) : text(flag == met ? "True" : "FALSE")
        case .pattern(let pattern, let cased):
            let bytes = TextGenerator.fitting(pattern, cased: cased, &random)
            return .init(kind: .string, bytes: met ? bytes : TextGenerator.mutated(bytes, &random))
        default: return .init(kind: .string, bytes: TextGenerator.filler(&random))
        }
    }

    /// Text in which an expression is found with its flags, or seldom would be with flags it lacks.
    private static func fitting(
        _ sample: Samples.Expression, _ modifiers: [Modifier], _ random: inout SeededGenerator
    ) -> String {
        func isFlagged(_ flags: [Modifier]) -> Bool {
            random.chance(Set(flags).isDisjoint(with: modifiers) ? 5 : 50)
        }
        let dots = isFlagged([.s, .dotall]) ? sample.acrossLines : []
        var text = random.pick(dots.isEmpty ? sample.found : dots)
        if isFlagged([.i, .ignorecase]) { text = text.uppercased() }
        if isFlagged([.m, .multiline]) { text = "x\n" + text + "\ny" }
        return text
    }

    private static func near(_ number: PlainNumber, _ random: inout SeededGenerator) -> EventValue.Member {
        let quarters = Int(number.real * 4) + random.number(-8...8)
        if random.chance(50) { return .init(kind: .float, bytes: Array("\(Double(quarters) / 4)".utf8)) }
        return .init(kind: random.chance(60) ? .integer : .string, bytes: Array("\(quarters / 4)".utf8))
    }

    /// A moment whose part is as wanted, if one turns up soon.
    private static func moment(
        for value: Value, _ item: DetectionItem, met: Bool, _ random: inout SeededGenerator
    ) -> String {
        if !met && random.chance(30) { return "2024-13-01T00:00:00Z" }
        var text = Samples.moment(&random)
        let parts: [Modifier: PlainTimePart] = [
            .minute: .minute, .hour: .hour, .day: .day, .week: .week, .month: .month, .year: .year,
        ]
        guard met, case .integer(let wanted) = value, let part = item.modifiers.lazy.compactMap({ parts[$0] }).first
        else {
            return text
        }
        for _ in 0..<60 where part.read(Array(text.utf8)) != wanted { text = Samples.moment(&random) }
        return text
    }
}

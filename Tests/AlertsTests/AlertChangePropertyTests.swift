// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// Random findings, times and interruptions.
@Suite struct AlertChangePropertyTests {
    /// What happens in a run.
    private enum Step {
        case match(rule: Int, host: String, command: String, time: Int64, position: UInt64)
        case tick(watermark: Int64, now: Int64)
    }

    private static func steps(_ random: inout SeededGenerator) -> [Step] {
        var (time, now) = (noon, noon)
        return (1...200).map { number in
            time += Int64.random(in: 0...40_000, using: &random) * second
            now += Int64.random(in: 0...700_000_000, using: &random)
            if Int.random(in: 0..<4, using: &random) == 0 {
                return .tick(watermark: time - 50_000 * second, now: now)
            }
            // Times differ, so that alerts that follow one another have ids of their own.
            let late = Int64.random(in: 0...30_000, using: &random) * second + Int64(number)
            return .match(
                rule: .random(in: 1...3, using: &random), host: ["a", "b", "c"].randomElement(using: &random) ?? "a",
                command: "id \(Int.random(in: 0...12, using: &random))", time: time - late, position: UInt64(number))
        }
    }

    private static let rules: RuleSet = {
        var rules = RuleSet()
        for number in 0...3 {
            rules.rules.append(
                Rule(
                    metadata: rule("rule \(number)"), logsource: RuleLogSource(),
                    detection: PolicySamples.match("CommandLine", [RuleValue(.string("id"))])))
        }
        return rules
    }()

    private static func limits(_ random: inout SeededGenerator) -> AlertFolder.Limits {
        var limits = AlertFolder.Limits()
        limits.openAlerts = .random(in: 2...9, using: &random)
        return limits
    }

    /// Goes through the steps; at each place in `cuts` the folder is saved and another takes up what was saved.
    private static func run(
        _ steps: [Step], _ limits: AlertFolder.Limits, wants: AlertFolder.Wants = .all, cuts: Set<Int> = []
    ) throws -> [AlertChange] {
        var folder = AlertFolder(vocabulary: vocabulary, limits: limits, wants: wants)
        let policy = AlertPolicy([], rules: rules, vocabulary: vocabulary)
        var changes: [AlertChange] = []
        for (index, step) in steps.enumerated() {
            if cuts.contains(index) {
                var writer = StateWriter(vocabulary: vocabulary)
                folder.save(to: &writer, rules: rules, policy: policy)
                // Another process has another vocabulary, and numbers rules otherwise; here the bytes must do.
                var reader = StateReader(writer.bytes, vocabulary: vocabulary)
                folder = AlertFolder(vocabulary: vocabulary, limits: limits, wants: wants)
                let dropped = try folder.restore(from: &reader, rules: rules, policy: policy, into: &changes)
                let isWhole = reader.isAtEnd
                #expect(dropped.isEmpty && isWhole)
            }
            switch step {
            case .match(let rule, let host, let command, let time, let position):
                AlertChangeTests.feed(
                    &folder, event(host: host, command: command, time: time, position: position), host: host,
                    rule: rule,
                    into: &changes)
            case .tick(let watermark, let now):
                folder.advance(
                    to: StreamTime(
                        watermark: Timestamp(nanoseconds: watermark), now: Timestamp(nanoseconds: now)), into: &changes)
            }
        }
        folder.finish(into: &changes)
        return changes
    }

    private static func closed(_ changes: [AlertChange]) -> [Alert] {
        changes.filter { $0.kind == .closed }.map(\.alert).sorted(by: Alert.precedes)
    }

    @Test(arguments: 1...60)
    func `each alert opens once, closes once, and its numbers grow`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let steps = Self.steps(&random)
        let changes = try Self.run(steps, Self.limits(&random))
        for (id, own) in Dictionary(grouping: changes, by: \.alert.id) {
            #expect(own.first?.kind == .opened && own.first?.number == 1, "\(id)")
            #expect(own.last?.kind == .closed)
            #expect(own.dropFirst().dropLast().allSatisfy { $0.kind == .updated })
            #expect(zip(own, own.dropFirst()).allSatisfy { $0.number < $1.number })
            #expect(own.last.map { $0.number == UInt64($0.alert.count) + 1 } ?? false)
        }
        let matches = steps.count { if case .match = $0 { true } else { false } }
        #expect(Self.closed(changes).map(\.count).reduce(0, +) == matches)
    }

    @Test(arguments: 1...60)
    func `a run that was interrupted says what one that was not says`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let (steps, limits) = (Self.steps(&random), Self.limits(&random))
        let cuts = Set((0..<5).map { _ in Int.random(in: 0..<steps.count, using: &random) })
        let whole = try Self.run(steps, limits)
        let parts = try Self.run(steps, limits, cuts: cuts)
        #expect(Self.closed(parts) == Self.closed(whole))
        // The same number of the same alert says the same, whichever were told.
        let said = Dictionary(
            whole.map { ("\($0.alert.id) \($0.number)", $0.alert) }, uniquingKeysWith: { first, _ in first })
        for change in parts {
            if let alert = said["\(change.alert.id) \(change.number)"] { #expect(alert == change.alert) }
        }
        #expect(Self.closed(try Self.run(steps, limits, wants: .closed)) == Self.closed(whole))
    }

    @Test(arguments: 1...40)
    func `a damaged state is refused or read, and nothing is half used`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let policy = AlertPolicy([], rules: Self.rules, vocabulary: vocabulary)
        var folder = folder(wants: .all)
        var changes: [AlertChange] = []
        for step in Self.steps(&random) {
            guard case .match(let rule, let host, let command, let time, let position) = step else { continue }
            AlertChangeTests.feed(
                &folder, event(host: host, command: command, time: time, position: position), host: host, rule: rule,
                into: &changes)
        }
        var writer = StateWriter(vocabulary: vocabulary)
        folder.save(to: &writer, rules: Self.rules, policy: policy)
        var bytes = writer.bytes
        if Bool.random(using: &random) {
            bytes.removeLast(.random(in: 1...bytes.count, using: &random))
        } else {
            for _ in 0..<3 {
                bytes[.random(in: 0..<bytes.count, using: &random)] ^= .random(in: 1...255, using: &random)
            }
        }
        var other = AlertFolder(vocabulary: vocabulary)
        do {
            var reader = StateReader(bytes, vocabulary: Vocabulary())
            changes = []
            _ = try other.restore(from: &reader, rules: Self.rules, policy: policy, into: &changes)
            other.finish(into: &changes)
        } catch {
            #expect(other.openCount == 0 && changes.isEmpty)
        }
    }

    @Test func `an alert whose rule is gone is closed and told`() throws {
        let policy = AlertPolicy([], rules: Self.rules, vocabulary: vocabulary)
        var folder = folder(wants: .all)
        var changes: [AlertChange] = []
        AlertChangeTests.feed(&folder, event(time: noon), rule: 1, into: &changes)
        AlertChangeTests.feed(&folder, event(time: noon), rule: 3, into: &changes)
        var writer = StateWriter(vocabulary: vocabulary)
        folder.save(to: &writer, rules: Self.rules, policy: policy)
        var fewer = Self.rules
        fewer.rules.removeLast()
        fewer.rules.swapAt(0, 1)
        var other = AlertFolder(vocabulary: vocabulary)
        var reader = StateReader(writer.bytes, vocabulary: vocabulary)
        changes = []
        let dropped = try other.restore(
            from: &reader, rules: fewer, policy: AlertPolicy([], rules: fewer, vocabulary: vocabulary), into: &changes)
        #expect(dropped == ["an alert of the rule id-of-rule 3 closed, because it is gone or judged otherwise"])
        #expect(changes.map(\.kind) == [.closed])
        #expect(changes.map(\.alert.rule.title) == ["rule 3"])
        // The other rule has another number now.
        AlertChangeTests.feed(&other, event(time: noon), rule: 0, into: &changes)
        #expect(changes.last?.kind == .updated && changes.last?.alert.count == 2)
    }
}

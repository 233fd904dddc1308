// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Sigma
import Strategies
import TestSupport
import Testing

@Suite struct AlertPolicyTests {
    typealias Samples = PolicySamples

    private static let criteria = [
        Samples.criterion(.critical, "User", ["www-data"], rules: ["tool0"]),
        Samples.criterion(.low, "User", ["www-data", "root"]),
        Samples.criterion(.high, "User", ["root"]),
        Samples.criterion(.informational, "rule.title", ["Tool 1"]),
        Samples.criterion(.high, "rule.level", ["critical"]),
    ]

    @Test(
        arguments: [
            (0, "www-data", nil, Level.critical, 1), (1, "www-data", nil, .low, 2), (0, "root", nil, .low, 2),
            (0, "bob", nil, .medium, nil), (1, "bob", nil, .informational, 4), (0, "bob", .high, .high, nil),
            (0, "root", .high, .low, 2),
        ] as [(Int, String, Level?, Level, Int?)])
    func `the first criterion that holds sets the level, else the default, else the rule`(
        rule: Int, user: String, defaultLevel: Level?, level: Level, criterion: Int?
    ) {
        let vocabulary = Vocabulary()
        var policy = Samples.compiled(
            Samples.policy(criteria: Self.criteria, defaultLevel: defaultLevel), vocabulary: vocabulary)
        // A record that names a rule itself does not speak for the alert's.
        let batch = Samples.event(["User": user, "rule.level": "critical"], vocabulary: vocabulary)
        let verdict = policy.judge(rule: rule, event: 0, in: batch)
        #expect(verdict.level == level)
        let priority = policy.priority(of: verdict, for: .rule(rule))
        #expect(priority.level == level)
        #expect(priority.criterion == criterion)
        #expect(priority.ruleLevel == .medium)
        switch (criterion, defaultLevel) {
        case (let number?, _): #expect(priority.because == Self.criteria[number - 1].because)
        case (nil, nil): #expect(priority.because == nil)
        case (nil, _): #expect(priority.because == AlertPriority.defaultReason)
        }
    }

    @Test(
        arguments: [
            (nil, "2026-11-21", SuppressionRecord.State.inForce), ("2026-11-22", "2026-11-21", .inForce),
            ("2026-11-21", "2026-11-21", .expired), ("2026-11-20", "2026-11-21", .expired),
            ("2027-01-01", nil, .inForce),
            ("1999-12-31", nil, .inForce), ("soon", "2026-11-21", .refused), ("2026-02-30", nil, .refused),
        ] as [(String?, String?, SuppressionRecord.State)])
    func `a suppression works until the day it expires`(
        expires: String?, today: String?, state: SuppressionRecord.State
    ) {
        let vocabulary = Vocabulary()
        let suppression = Samples.suppression("ci", "User", ["runner"], expires: expires)
        var policy = Samples.compiled(
            Samples.policy(suppressions: [suppression]), vocabulary: vocabulary, today: today)
        let verdict = policy.judge(
            rule: 0, event: 0, in: Samples.event(["User": "runner"], vocabulary: vocabulary))
        #expect(policy.records[0].state == state)
        #expect((verdict.suppression != nil) == (state == .inForce))
        #expect(policy.records[0].hits == (state == .inForce ? 1 : 0))
        #expect((policy.records[0].refusal != nil) == (state == .refused))
    }

    @Test func `the day may come while the policy is in use`() {
        let vocabulary = Vocabulary()
        let suppression = Samples.suppression("ci", "User", ["runner"], expires: "2026-11-22")
        var policy = Samples.compiled(
            Samples.policy(suppressions: [suppression]), vocabulary: vocabulary, today: "2026-11-21")
        let batch = Samples.event(["User": "runner"], vocabulary: vocabulary)
        #expect(policy.judge(rule: 0, event: 0, in: batch).suppression == 0)
        policy.today = CalendarDay("2026-11-22")
        #expect(policy.judge(rule: 0, event: 0, in: batch).suppression == nil)
        #expect(policy.records[0].state == .expired)
        #expect(policy.records[0].hits == 1)
    }

    @Test func `each suppression that holds counts, the first is named`() throws {
        let vocabulary = Vocabulary()
        var policy = Samples.compiled(
            Samples.policy(suppressions: [
                Samples.suppression("other-rule", "User", ["runner"], rules: ["TOOL1"]),
                Samples.suppression("by-user", "User", ["runner"]),
                Samples.suppression("by-folder", "CurrentDirectory|startswith", ["/builds/"]),
                Samples.suppression("never", "User", ["nobody"]),
            ]), vocabulary: vocabulary)
        for (index, time) in [noon + second, noon, noon + 2 * second].enumerated() {
            let batch = Samples.event(
                ["User": "runner", "CurrentDirectory": index == 0 ? "/builds/x" : "/"], vocabulary: vocabulary,
                time: time)
            let verdict = policy.judge(rule: 0, event: 0, in: batch)
            #expect(policy.suppression(of: verdict)?.id == "by-user")
        }
        #expect(policy.records.map(\.hits) == [0, 3, 1, 0])
        #expect(policy.records[1].firstSeen?.nanoseconds == noon)
        #expect(policy.records[1].lastSeen?.nanoseconds == noon + 2 * second)
        #expect(policy.records[1].rules == ["00000000-0000-4000-8000-000000000000"])
        #expect(policy.records[3].firstSeen == nil)
    }

    @Test func `a refused suppression silences nothing`() {
        let vocabulary = Vocabulary()
        var refusing = Samples.policy(suppressions: [Samples.suppression("ci", "User", ["runner"])])
        refusing.refusals["ci"] = "it would hide an attack"
        var policy = Samples.compiled(refusing, vocabulary: vocabulary)
        let batch = Samples.event(["User": "runner"], vocabulary: vocabulary)
        #expect(policy.judge(rule: 0, event: 0, in: batch).suppression == nil)
        #expect(policy.records[0].refusal == "it would hide an attack")
    }

    @Test func `a matcher that cannot be compiled is named and silences nothing`() {
        let vocabulary = Vocabulary()
        var policy = Samples.compiled(
            Samples.policy(
                criteria: [Samples.criterion(.critical, "User|re", ["("])],
                suppressions: [
                    Samples.suppression("broken", "User|re", ["("]), Samples.suppression("ci", "User", ["x"]),
                ]
            ), vocabulary: vocabulary)
        #expect(policy.diagnostics.count == 2)
        let verdict = policy.judge(rule: 0, event: 0, in: Samples.event(["User": "x"], vocabulary: vocabulary))
        #expect(verdict.level == .medium)
        #expect(policy.suppression(of: verdict)?.id == "ci")
        #expect(policy.records[0].state == .refused)
    }

    @Test func `rules of no strategy, and rules nothing concerns, are not looked at`() {
        let vocabulary = Vocabulary()
        let policy = Samples.policy(criteria: [Samples.criterion(.critical, "User", ["x"], rules: ["tool1"])])
        var compiled = Samples.compiled(policy, vocabulary: vocabulary)
        let batch = Samples.event(["User": "x"], vocabulary: vocabulary)
        #expect(compiled.judge(rule: 0, event: 0, in: batch) == Verdict(level: .medium))
        #expect(compiled.evaluations == 0)
        #expect(compiled.judge(rule: 1, event: 0, in: batch).level == .critical)
        #expect(compiled.evaluations == 1)
        var foreign = AlertPolicy([policy], rules: Samples.rules(), vocabulary: vocabulary)
        #expect(foreign.judge(rule: 1, event: 0, in: batch) == Verdict(level: .medium))
        #expect(foreign.evaluations == 0)
        #expect(foreign.guidance(for: .rule(1)) == nil)
    }

    @Test func `added fields of an event can be asked about, too`() {
        let vocabulary = Vocabulary()
        var policy = Samples.compiled(
            Samples.policy(suppressions: [Samples.suppression("ci", "container.name", ["build"])]),
            vocabulary: vocabulary)
        var batch = Samples.event(["User": "x"], vocabulary: vocabulary)
        let first = batch.slots.count
        batch.append(.containerName, text: "build")
        batch.events[0].added = first..<batch.slots.count
        #expect(policy.judge(rule: 0, event: 0, in: batch).suppression == 0)
    }
}

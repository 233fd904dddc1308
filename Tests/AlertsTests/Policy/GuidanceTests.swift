// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Sigma
import Strategies
import Testing

@Suite struct GuidanceTests {
    private static func alert(_ guidance: Guidance, logsource: String = "linux/process_creation/auditd")
        -> Alert
    {
        var one = finding(1, host: "web1", time: noon)
        one.strategy = PolicySamples.strategy
        one.guidance = guidance
        var event = snapshot(noon)
        event.logsource = logsource
        event.fields = NamedValues([("Image", "/tmp/a b"), ("ses", "7")])
        one.events = [PackedEvent(event, vocabulary: vocabulary)]
        return Alert(one)
    }

    private static let guidance = Guidance(
        goal: "Catch it.", technicalContext: "It is so.",
        blindSpots: [
            .init(id: "all", statement: "Nobody sees."),
            .init(id: "own", statement: "It is blind.", rules: ["ID-OF-rule 1"]),
            .init(id: "other", statement: "Others are.", rules: ["another"]),
        ],
        response: [
            .init(
                id: "look", action: "Look.", command: "ls {Image}",
                decisions: [.init(condition: "it is there", next: "close")]), .init(id: "act", action: "Act."),
        ])

    @Test func `an alert has the blind spots of its rule and commands for its event`() {
        let guidance = Self.alert(Self.guidance).guidance
        #expect(guidance.goal == "Catch it.")
        #expect(guidance.technicalContext == "It is so.")
        #expect(guidance.blindSpots.map(\.id) == ["own", "all"])
        #expect(guidance.response.map(\.command) == ["ls '/tmp/a b'", nil])
        #expect(guidance.response.map(\.unfilled) == [[], []])
        #expect(
            Self.alert(Self.guidance, logsource: "windows/process_creation/sysmon").guidance.response[0].command
                == "ls \"/tmp/a b\"")
    }

    @Test func `an alert reads back with what its strategy says`() throws {
        var alert = Self.alert(Self.guidance)
        alert.priority = AlertPriority(level: .critical, because: "so", criterion: 2, ruleLevel: .low)
        alert.suppressed = Suppression.Agreement(id: "ci", owner: "team", reason: "known", expires: "2027-01-01")
        // Decoders do not tell the order of keys, so what is compared has none.
        let again = try JSONDecoder().decode(Alert.self, from: Data(alert.json.text.utf8))
        #expect(again.guidance == alert.guidance)
        #expect(again.priority == alert.priority)
        #expect(again.suppressed == alert.suppressed)
        #expect(again.level == .critical)
    }

    @Test func `texts are bounded, a command that is too long is left out`() {
        let long = String(repeating: "é", count: 20_000)
        let guidance = Self.alert(
            Guidance(
                goal: long, technicalContext: long,
                blindSpots: Array(repeating: .init(id: "b", statement: long), count: 99),
                response: Array(
                    repeating: .init(id: "s", action: long, command: long), count: 99))
        ).guidance
        #expect(guidance.technicalContext.map { $0.utf8.count <= 2048 + 40 } ?? false)
        #expect(guidance.technicalContext?.contains("…[+") ?? false)
        #expect(guidance.blindSpots.count == 32)
        #expect(guidance.response.count == 32)
        #expect(guidance.response.allSatisfy { $0.command == nil && $0.action.utf8.count <= 1024 + 40 })
    }

    @Test func `findings judged differently are different alerts`() {
        var folder = folder()
        var distinctions = [
            Verdict.Distinction.plain, Verdict(level: .high, criterion: 0).distinction,
            Verdict(level: .high, suppression: 0).distinction,
        ]
        distinctions += distinctions
        for (index, distinction) in distinctions.enumerated() {
            var one = finding(1, host: "web1", time: noon)
            one.distinction = distinction
            if let criterion = distinction.criterion {
                one.priority = AlertPriority(level: .critical, because: "x", criterion: criterion + 1, ruleLevel: .high)
            }
            if distinction.suppression != nil { one.suppression = Suppression.Agreement(id: "ci") }
            #expect(folder.closing(one).isEmpty)
            #expect(folder.openCount == min(3, index + 1))
        }
        let alerts = folder.closeAll()
        #expect(alerts.map(\.count) == [2, 2, 2])
        #expect(alerts.map(\.level) == [.critical, .high, .high])
        #expect(alerts.map { $0.suppressed != nil } == [false, false, true])
        #expect(Set(alerts.map(\.id)).count == 3)
    }
}

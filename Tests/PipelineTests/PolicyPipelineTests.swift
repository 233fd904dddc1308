// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Pipeline
import Sigma
import Strategies
import TestSupport
import Testing

@Suite struct PolicyPipelineTests {
    private static func scene() -> PolicyScene {
        var scene = PolicyScene()
        scene.criteria = [
            .init(
                level: .critical, because: "root runs it", match: PolicyScene.match("User", ["root"]),
                location: testLocation),
            .init(
                level: .informational, because: "nobody minds", match: PolicyScene.match("User", ["nobody"]),
                location: testLocation),
        ]
        return scene
    }

    @Test(arguments: [
        (Level.informational, ["critical Tool run", "medium Tool run", "informational Tool run"]),
        (.medium, ["critical Tool run", "medium Tool run"]), (.high, ["critical Tool run"]),
        (.critical, ["critical Tool run"]),
    ])
    func `the lowest level shown is held against the priority, not the rule`(minimum: Level, shown: [String]) {
        let scene = Self.scene()
        let pipeline = scene.pipeline { $0.minimumLevel = minimum }
        let batch = scene.starts(of: "/bin/tool", by: ["bob", "root", "nobody"])
        let alerts = PolicyScene.alerts(pipeline, batch)
        #expect(alerts.map { "\($0.level.rawValue) \($0.rule.title)" } == shown)
        #expect(alerts.allSatisfy { $0.rule.level == .medium })
        #expect(alerts.first?.priority.because == "root runs it")
    }

    @Test func `findings that meet a criterion are not folded into those that do not`() {
        let scene = Self.scene()
        let pipeline = scene.pipeline()
        let batch = scene.starts(of: "/bin/tool", by: ["root", "root", "root"])
        #expect(PolicyScene.alerts(pipeline, batch).map(\.count) == [3])
    }

    @Test func `suppressed findings give no alert and are counted`() {
        var scene = Self.scene()
        scene.policy.blocks.suppressions = [PolicyScene.suppression("ci", "User", ["runner"], rules: ["tool_run"])]
        let pipeline = scene.pipeline()
        let alerts = PolicyScene.alerts(
            pipeline, scene.starts(of: "/bin/tool", by: ["runner", "bob", "runner"]),
            scene.starts(of: "/bin/other", by: ["runner"]))
        #expect(alerts.map(\.rule.title) == ["Tool run", "Other run"])
        #expect(alerts.map(\.count) == [1, 1])
        #expect(pipeline.suppressions.map(\.hits) == [2])
        #expect(pipeline.suppressions[0].firstSeen?.nanoseconds == PolicyScene.start)
        #expect(pipeline.suppressions[0].lastSeen?.nanoseconds == PolicyScene.start + 2_000_000_000)
    }

    @Test func `hits are counted below the lowest level shown`() {
        var scene = Self.scene()
        scene.policy.blocks.suppressions = [PolicyScene.suppression("ci", "User", ["runner"])]
        let pipeline = scene.pipeline { $0.minimumLevel = .critical }
        #expect(PolicyScene.alerts(pipeline, scene.starts(of: "/bin/tool", by: ["runner"])).isEmpty)
        #expect(pipeline.suppressions.map(\.hits) == [1])
    }

    @Test func `suppressed findings are shown on demand, folded for themselves and last`() {
        var scene = Self.scene()
        scene.policy.blocks.suppressions = [PolicyScene.suppression("ci", "CurrentDirectory|exists", [false])]
        scene.policy.blocks.suppressions[0].match = PolicyScene.match("User", ["runner", "root"])
        let pipeline = scene.pipeline { $0.showsSuppressed = true }
        let users = ["runner", "bob", "runner", "root", "bob"]
        let alerts = PolicyScene.alerts(pipeline, scene.starts(of: "/bin/tool", by: users))
        #expect(alerts.map { $0.suppressed?.id } == [nil, "ci", "ci"])
        #expect(alerts.map(\.level) == [.medium, .critical, .medium])
        #expect(alerts.map(\.count) == [2, 1, 2])
        #expect(pipeline.suppressions.map(\.hits) == [3])
    }

    @Test func `expired suppressions silence nothing`() {
        var scene = Self.scene()
        scene.policy.blocks.suppressions = [PolicyScene.suppression("ci", "User", ["runner"], expires: "2026-11-21")]
        let pipeline = scene.pipeline { $0.today = CalendarDay("2026-11-21") }
        #expect(PolicyScene.alerts(pipeline, scene.starts(of: "/bin/tool", by: ["runner"])).count == 1)
        #expect(pipeline.suppressions.map(\.state) == [.expired])
    }

    @Test func `events that match no rule cost the policies nothing`() {
        var scene = Self.scene()
        scene.policy.blocks.suppressions = [PolicyScene.suppression("ci", "User", ["bob"])]
        let pipeline = scene.pipeline()
        _ = pipeline.process([scene.starts(of: "/bin/true", by: Array(repeating: "bob", count: 500))])
        #expect(pipeline.policy.evaluations == 0)
        _ = pipeline.process([scene.starts(of: "/bin/other", by: ["bob", "root"])])
        #expect(pipeline.policy.evaluations == 2)
    }

    @Test func `alerts carry the strategy's words, filled from their first event`() {
        var scene = Self.scene()
        scene.policy.guidance = Guidance(
            goal: "Goal.", response: [.init(id: "a", action: "Do.", command: "id {User}")])
        let pipeline = scene.pipeline()
        let alerts = PolicyScene.alerts(pipeline, scene.starts(of: "/bin/tool", by: ["bob $(id)", "eve"]))
        #expect(alerts.map(\.guidance.goal) == ["Goal.", "Goal."])
        #expect(Set(alerts.map { $0.guidance.response[0].command }) == ["id 'bob $(id)'", "id eve"])
        #expect(alerts[0].strategyJSON?["response"] != nil)
    }
}

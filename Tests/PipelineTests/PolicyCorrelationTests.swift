// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Pipeline
import Sigma
import Strategies
import TestSupport
import Testing

/// The correlation of the scene counts six starts of the tool in a minute; its evidence keeps the last four.
@Suite struct PolicyCorrelationTests {
    private static func run(
        _ suppressions: [Suppression], _ users: [String], _ criteria: [PriorityBlock.Criterion] = []
    ) -> (alerts: [Alert], records: [SuppressionRecord]) {
        var scene = PolicyScene()
        scene.policy.blocks.suppressions = suppressions
        scene.criteria = criteria
        let pipeline = scene.pipeline()
        let alerts = PolicyScene.alerts(pipeline, scene.starts(of: "/bin/tool", by: users))
        return (alerts.filter { $0.correlation != nil }, pipeline.suppressions)
    }

    private static let ci = Array(repeating: "runner", count: 6)

    @Test(arguments: [nil, ["tool_run"], ["many_tools"]] as [[String]?])
    func `a correlation is silent when each of its events is`(rules: [String]?) {
        let suppression = PolicyScene.suppression("ci", "User", ["runner"], rules: rules)
        let (alerts, records) = Self.run([suppression], Self.ci)
        #expect(alerts.isEmpty)
        // Six of the rule, where it concerns the rule; one of the correlation.
        #expect(records[0].hits == (rules == ["many_tools"] ? 1 : 7))
    }

    @Test func `a suppression of another rule leaves the correlation alone`() {
        let suppression = PolicyScene.suppression("ci", "User", ["runner"], rules: ["other_run"])
        #expect(Self.run([suppression], Self.ci).alerts.count == 1)
    }

    @Test(arguments: 0..<6)
    func `one event that is not silent raises it, also where the evidence no longer has it`(place: Int) {
        var users = Self.ci
        users[place] = "eve"
        let (alerts, _) = Self.run([PolicyScene.suppression("ci", "User", ["runner"])], users)
        #expect(alerts.map(\.count) == [1])
    }

    @Test func `an event that comes while silent ones hold the condition raises it`() {
        let users = Self.ci + Self.ci + ["eve"] + Self.ci
        let (alerts, records) = Self.run([PolicyScene.suppression("ci", "User", ["runner"])], users)
        #expect(alerts.map(\.count) == [1])
        #expect(records[0].hits == 18 + 1)
    }

    @Test func `each event may be silent for a reason of its own`() {
        let suppressions = [
            PolicyScene.suppression("ci", "User", ["runner"], rules: ["many_tools"]),
            PolicyScene.suppression("backup", "User", ["backup"], rules: ["many_tools"]),
        ]
        let (alerts, records) = Self.run(suppressions, ["runner", "backup", "runner", "backup", "runner", "backup"])
        #expect(alerts.isEmpty)
        #expect(records.map(\.hits) == [1, 1])
    }

    @Test(
        arguments: [(["many_tools"], Level.critical), (nil, .critical), (["tool_run"], .low)] as [([String]?, Level)])
    func `one event that meets a criterion sets the level`(rules: [String]?, level: Level) {
        let criterion = PriorityBlock.Criterion(
            level: .critical, because: "root", rules: rules, match: PolicyScene.match("User", ["root"]),
            location: testLocation)
        let users = ["bob", "bob", "bob", "bob", "root", "bob"]
        #expect(Self.run([], users, [criterion]).alerts.map(\.level) == [level])
    }
}

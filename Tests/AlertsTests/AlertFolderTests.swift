// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma
import Testing

@Suite struct AlertFolderTests {
    /// Rule, host and seconds after noon of each finding, and the expected (count, first, last) of each alert.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var findings: [(rule: Int, host: String, at: Int64?)]
        var expected: [[Int64?]]
    }

    @Test(arguments: [
        Case(
            testDescription: "one rule, one host", findings: [(1, "a", 0), (1, "a", 5), (1, "a", 2)],
            expected: [[3, 0, 5]]),
        Case(
            testDescription: "one rule, two hosts", findings: [(1, "a", 0), (1, "b", 1), (1, "a", 2)],
            expected: [[2, 0, 2], [1, 1, 1]]),
        Case(
            testDescription: "two rules, one host", findings: [(1, "a", 0), (2, "a", 1)],
            expected: [[1, 0, 0], [1, 1, 1]]),
        Case(
            testDescription: "a silence of exactly a day", findings: [(1, "a", 0), (1, "a", 86_400)],
            expected: [[2, 0, 86_400]]),
        Case(
            testDescription: "a silence of more than a day",
            findings: [(1, "a", 0), (1, "a", 86_401), (1, "a", 86_402)],
            expected: [[1, 0, 0], [2, 86_401, 86_402]]),
        Case(
            testDescription: "an earlier event moves the first time", findings: [(1, "a", 10), (1, "a", 0)],
            expected: [[2, 0, 10]]),
        Case(testDescription: "no times", findings: [(1, "a", nil), (1, "a", nil)], expected: [[2, nil, nil]]),
        Case(
            testDescription: "the first without a time", findings: [(1, "a", nil), (1, "a", 7)], expected: [[2, 7, 7]]),
    ])
    func `repeats of a rule on an entity fold into one alert`(_ sample: Case) {
        var folder = AlertFolder()
        var alerts: [Alert] = []
        for found in sample.findings {
            alerts += folder.add(finding(found.rule, host: found.host, time: found.at.map { noon + $0 * second }))
        }
        alerts += folder.finish()
        let seen = alerts.map { alert -> [Int64?] in
            [
                Int64(alert.count), alert.firstSeen.map { ($0.nanoseconds - noon) / second },
                alert.lastSeen.map { ($0.nanoseconds - noon) / second },
            ]
        }
        #expect(seen == sample.expected)
        let none = folder.finish()
        #expect(none.isEmpty)
    }

    @Test func `the first three events are kept and the latest sampled`() {
        var folder = AlertFolder()
        let key = EntityKey(group: [("host", "a")])
        for position in 1...100 {
            let time = Timestamp(nanoseconds: noon + Int64(position) * second)
            let one = finding(1, host: "a", time: time.nanoseconds, position: UInt64(position))
            switch folder.count(.rule(1), entity: key, time: time) {
            case .isCounted: break
            case .isSample(let alert): _ = folder.keep(one.events[0], of: alert)
            case .isNew: _ = folder.add(one)
            }
        }
        let alert = folder.finish().first
        #expect(alert?.count == 100)
        #expect(alert?.events.map(\.position) == [1, 2, 3, 64])
        #expect(alert?.lastSeen == Timestamp(nanoseconds: noon + 100 * second))
        #expect(folder.folded == 99)
    }

    @Test func `what starts an alert is not counted, what repeats one is, and its first events are wanted`() {
        var folder = AlertFolder()
        let key = EntityKey(group: [("host", "a")])
        let time = Timestamp(nanoseconds: noon)
        #expect(!folder.wouldFold(.rule(1), entity: key, time: time))
        guard case .isNew = folder.count(.rule(1), entity: key, time: time) else {
            Issue.record("nothing is open yet")
            return
        }
        #expect(folder.folded == 0)
        _ = folder.add(finding(1, host: "a", time: noon))
        #expect(folder.wouldFold(.rule(1), entity: key, time: time))
        #expect(!folder.wouldFold(.correlation(1), entity: key, time: time))
        #expect(!folder.wouldFold(.rule(1), entity: key, time: Timestamp(nanoseconds: noon + 90_000 * second)))
        let late = folder.count(.rule(1), entity: key, time: Timestamp(nanoseconds: noon + 90_000 * second))
        guard case .isNew = late, case .isSample = folder.count(.rule(1), entity: key, time: time) else {
            Issue.record("the second event of an alert is wanted, one a day later starts another")
            return
        }
        #expect(folder.folded == 1)
    }

    @Test func `past the bound the alerts quiet longest are given out`() {
        var limits = AlertFolder.Limits()
        limits.openAlerts = 2
        var folder = AlertFolder(limits: limits)
        var given: [String] = []
        // "a" is touched again before "c" comes, so "b" is the one that goes first.
        for host in ["a", "b", "a", "c", "d"] {
            given += folder.add(finding(1, host: host, time: noon)).map(\.entity.id)
        }
        #expect(given == ["b", "a"])
        #expect(folder.evicted == 2)
        #expect(folder.openCount == 2)
        let left = Set(folder.finish().map(\.entity.id))
        #expect(left == ["c", "d"])
    }

    @Test func `evidence is bounded by bytes as well`() {
        var limits = AlertFolder.Limits()
        limits.evidenceBytes = 100_000
        var folder = AlertFolder(limits: limits)
        var given = 0
        for number in 0..<100 {
            given +=
                folder.add(
                    finding(1, host: "h\(number)", time: noon, record: String(repeating: "x", count: 10_000))
                ).count
        }
        #expect(folder.openCount < 10)
        given += folder.finish().count
        #expect(given == 100)
    }

    @Test func `a million matches of a hundred entities stay small`() {
        var folder = AlertFolder()
        let keys = (0..<100).map { EntityKey(group: [("host", "h\($0)")]) }
        var built = 0
        for index in 0..<1_000_000 {
            let time = Timestamp(nanoseconds: noon + Int64(index))
            let standing = folder.count(.rule(1), entity: keys[index % 100], time: time)
            if case .isCounted = standing { continue }
            built += 1
            let one = finding(1, host: "h\(index % 100)", time: time.nanoseconds)
            if case .isSample(let alert) = standing {
                _ = folder.keep(one.events[0], of: alert)
            } else {
                _ = folder.add(one)
            }
        }
        let alerts = folder.finish()
        #expect(alerts.count == 100)
        #expect(alerts.allSatisfy { $0.count == 10_000 && $0.events.count == 4 })
        // Three first ones, then one at each power of two from 4 to 8192.
        #expect(built == 100 * 15)
        #expect(folder.evicted == 0)
    }

    @Test(arguments: [Int64.min + 1, .max, 0])
    func `extreme times do not trap`(time: Int64) {
        var folder = AlertFolder()
        var alerts = folder.add(finding(1, host: "a", time: noon))
        alerts += folder.add(finding(1, host: "a", time: time))
        alerts += folder.add(finding(1, host: "a", time: .max))
        alerts += folder.finish()
        #expect(alerts.map(\.count).reduce(0, +) == 3)
    }

    @Test func `output is ordered by level, then by time`() {
        var folder = AlertFolder()
        _ = folder.add(finding(1, host: "a", time: noon, level: .low))
        _ = folder.add(finding(2, host: "a", time: noon + 9, level: .critical))
        _ = folder.add(finding(3, host: "a", time: nil, level: .critical))
        _ = folder.add(finding(4, host: "a", time: noon + 1, level: .critical))
        _ = folder.add(finding(5, host: "a", time: noon, level: nil))
        let titles = folder.finish().map(\.rule.title)
        #expect(titles == ["rule 4", "rule 2", "rule 3", "rule 5", "rule 1"])
    }

    @Test func `an alert's id depends on rule, entity and first time only`() {
        func id(_ number: Int, _ host: String, _ time: Int64, repeats: Int = 0) -> String {
            var folder = AlertFolder()
            for _ in 0...repeats { _ = folder.add(finding(number, host: host, time: time)) }
            return folder.finish()[0].id
        }
        let one = id(1, "a", noon)
        #expect(one == id(1, "a", noon, repeats: 5))
        #expect(one.count == 32)
        #expect(Set([one, id(2, "a", noon), id(1, "b", noon), id(1, "a", noon + 1)]).count == 4)
    }
}

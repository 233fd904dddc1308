// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
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
        var folder = folder()
        var alerts: [Alert] = []
        for found in sample.findings {
            alerts += folder.closing(finding(found.rule, host: found.host, time: found.at.map { noon + $0 * second }))
        }
        alerts += folder.closeAll()
        let seen = alerts.map { alert -> [Int64?] in
            [
                Int64(alert.count), alert.firstSeen.map { ($0.nanoseconds - noon) / second },
                alert.lastSeen.map { ($0.nanoseconds - noon) / second },
            ]
        }
        #expect(seen == sample.expected)
        let none = folder.closeAll()
        #expect(none.isEmpty)
    }

    @Test func `the first three events are kept and the latest sampled`() {
        var folder = folder()
        let key = EntityKey(group: [("host", "a")])
        var none: [AlertChange] = []
        for position in 1...100 {
            let time = noon + Int64(position) * second
            let isCounted = folder.count(
                .rule(1), entity: key, verdict: Verdict(level: .high), event: 0,
                in: event(time: time, position: UInt64(position)), into: &none)
            #expect(isCounted == (position > 1))
            if !isCounted { _ = folder.closing(finding(1, host: "a", time: time, position: UInt64(position))) }
        }
        let alert = folder.closeAll().first
        #expect(alert?.count == 100)
        #expect(alert?.events.map(\.position) == [1, 2, 3, 64])
        #expect(alert?.lastSeen == Timestamp(nanoseconds: noon + 100 * second))
        #expect(folder.folded == 99)
        #expect(none.isEmpty)
    }

    @Test func `what starts an alert is not counted`() {
        var folder = folder()
        let key = EntityKey(group: [("host", "a")])
        var changes: [AlertChange] = []
        func isCounted(
            _ rule: ResolvedCorrelation.Member = .rule(1), _ verdict: Verdict = Verdict(level: .high), at time: Int64
        ) -> Bool {
            folder.count(rule, entity: key, verdict: verdict, event: 0, in: event(time: time), into: &changes)
        }
        #expect(!isCounted(at: noon))
        #expect(folder.folded == 0)
        _ = folder.closing(finding(1, host: "a", time: noon))
        #expect(isCounted(at: noon))
        #expect(!isCounted(.correlation(1), at: noon))
        #expect(!isCounted(at: noon + 90_000 * second))
        #expect(!isCounted(.rule(1), Verdict(level: .high, criterion: 0), at: noon))
        // What is more urgent than the alert at hand says something new of it.
        #expect(!isCounted(.rule(1), Verdict(level: .critical), at: noon))
        #expect(isCounted(.rule(1), Verdict(level: .low), at: noon))
        #expect(folder.folded == 2)
    }

    @Test func `past the bound the alerts quiet longest are given out`() {
        var limits = AlertFolder.Limits()
        limits.openAlerts = 2
        var folder = folder(limits)
        var given: [String] = []
        // "a" is touched again before "c" comes, so "b" is the one that goes first.
        for host in ["a", "b", "a", "c", "d"] {
            given += folder.closing(finding(1, host: host, time: noon)).map(\.entity.id)
        }
        #expect(given == ["b", "a"])
        #expect(folder.evicted == 2)
        #expect(folder.openCount == 2)
        let left = Set(folder.closeAll().map(\.entity.id))
        #expect(left == ["c", "d"])
    }

    @Test func `evidence is bounded by bytes as well`() {
        var limits = AlertFolder.Limits()
        limits.evidenceBytes = 100_000
        var folder = folder(limits)
        var given = 0
        for number in 0..<100 {
            given +=
                folder.closing(
                    finding(1, host: "h\(number)", time: noon, record: String(repeating: "x", count: 10_000))
                ).count
        }
        #expect(folder.openCount < 10)
        given += folder.closeAll().count
        #expect(given == 100)
    }

    @Test func `a million matches of a hundred entities stay small`() {
        var folder = folder()
        let keys = (0..<100).map { EntityKey(group: [("host", "h\($0)")]) }
        let batches = (0..<100).map { event(host: "h\($0)", time: noon) }
        var changes: [AlertChange] = []
        for index in 0..<1_000_000 {
            let isCounted = folder.count(
                .rule(1), entity: keys[index % 100], verdict: Verdict(level: .high), event: 0,
                in: batches[index % 100], into: &changes)
            #expect(isCounted == (index >= 100))
            if !isCounted { _ = folder.closing(finding(1, host: "h\(index % 100)", time: noon)) }
        }
        let alerts = folder.closeAll()
        #expect(alerts.count == 100)
        #expect(alerts.allSatisfy { $0.count == 10_000 && $0.events.count == 4 })
        #expect(folder.evicted == 0)
    }

    @Test(arguments: [Int64.min + 1, .max, 0])
    func `extreme times do not trap`(time: Int64) {
        var folder = folder()
        var alerts = folder.closing(finding(1, host: "a", time: noon))
        alerts += folder.closing(finding(1, host: "a", time: time))
        alerts += folder.closing(finding(1, host: "a", time: .max))
        alerts += folder.closeAll()
        #expect(alerts.map(\.count).reduce(0, +) == 3)
    }

    @Test func `output is ordered by level, then by time`() {
        var folder = folder()
        _ = folder.closing(finding(1, host: "a", time: noon, level: .low))
        _ = folder.closing(finding(2, host: "a", time: noon + 9, level: .critical))
        _ = folder.closing(finding(3, host: "a", time: nil, level: .critical))
        _ = folder.closing(finding(4, host: "a", time: noon + 1, level: .critical))
        _ = folder.closing(finding(5, host: "a", time: noon, level: nil))
        let titles = folder.closeAll().map(\.rule.title)
        #expect(titles == ["rule 4", "rule 2", "rule 3", "rule 5", "rule 1"])
    }

    @Test func `an alert's id depends on rule, entity and first time only`() {
        func id(_ number: Int, _ host: String, _ time: Int64, repeats: Int = 0) -> String {
            var folder = folder()
            for _ in 0...repeats { _ = folder.closing(finding(number, host: host, time: time)) }
            return folder.closeAll()[0].id
        }
        let one = id(1, "a", noon)
        #expect(one == id(1, "a", noon, repeats: 5))
        #expect(one.count == 32)
        #expect(Set([one, id(2, "a", noon), id(1, "b", noon), id(1, "a", noon + 1)]).count == 4)
    }
}

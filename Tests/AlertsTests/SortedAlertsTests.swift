// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Sigma
import Strategies
import TestSupport
import Testing

@Suite struct SortedAlertsTests {
    /// Keeps what it is given.
    private final class Kept: AlertSink {
        var changes: [AlertChange] = []
        var isFinished = false
        func take(_ change: AlertChange) throws(OutputError) { changes.append(change) }
        func finish() throws(OutputError) { isFinished = true }
    }

    private static func changes(_ count: Int) -> [AlertChange] {
        var random = SeededGenerator(seed: 7)
        return (0..<count).map { number in
            let level = Level.allCases.randomElement(using: &random)
            var found = finding(
                number % 5, host: "h\(Int.random(in: 0...count, using: &random))",
                time: number % 9 == 0 ? nil : noon + Int64.random(in: 0...20, using: &random),
                position: UInt64(number + 1),
                record: String(repeating: "r", count: number % 700), level: level)
            if number % 11 == 0 { found.suppression = .init(id: "ci") }
            return AlertChange(.closed, number: UInt64(number), alert: Alert(found))
        }
    }

    @Test(arguments: [1, 5000, 60_000, .max])
    func `past its bound it gives what sorting in memory gives`(bound: Int) throws {
        let changes = Self.changes(500)
        let kept = Kept()
        let sorted = SortedAlerts(kept, mostBytes: bound)
        for change in changes {
            try sorted.take(AlertChange(.opened, number: 1, alert: change.alert))
            try sorted.take(change)
        }
        #expect((sorted.runCount > 0) == (bound < .max))
        try sorted.finish()
        #expect(kept.isFinished)
        #expect(kept.changes.map(\.alert) == changes.map(\.alert).sorted(by: Alert.precedes))
        #expect(Set(kept.changes) == Set(changes))
        #expect(sorted.total == 500)
        let shown = changes.map(\.alert).filter { $0.suppressed == nil }
        #expect(sorted.counts == Dictionary(grouping: shown, by: \.level).mapValues(\.count))
        #expect(sorted.highest == shown.map(\.level).max())
    }

    @Test func `a folder that cannot be written is an error in words`() {
        let sorted = SortedAlerts(Kept(), mostBytes: 1, folder: "/no/such/folder")
        let change = Self.changes(1)[0]
        #expect {
            try sorted.take(change)
        } throws: { error in
            (error as? OutputError)?.description.contains("/no/such/folder") ?? false
        }
    }

    @Test func `endless alerts take the memory that is kept for them`() async {
        await #expect(processExitsWith: .success) {
            final class Counted: AlertSink {
                var count = 0
                func take(_ change: AlertChange) throws(OutputError) { count += 1 }
                func finish() throws(OutputError) {}
            }
            let counted = Counted()
            let sorted = SortedAlerts(counted, mostBytes: 4 << 20)
            func feed(_ range: Range<Int>) throws {
                for number in range {
                    try sorted.take(
                        AlertChange(
                            .closed, number: 2,
                            alert: Alert(finding(1, host: "h\(number)", time: noon + Int64(number) * second))))
                }
            }
            try feed(0..<5000)
            let growth = try MemoryUse.growth { try feed(5000..<25_000) }
            #expect(sorted.runCount > 5)
            try sorted.finish()
            #expect(counted.count == 25_000)
            #expect(growth < 16 << 20)
        }
    }
}

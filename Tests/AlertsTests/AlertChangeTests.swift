// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Foundation
import Sigma
import Strategies
import TestSupport
import Testing

@Suite struct AlertChangeTests {
    /// A match of rule 1, counted or added, as the pipeline does it.
    static func feed(
        _ folder: inout AlertFolder, _ batch: EventBatch, host: String = "a", rule number: Int = 1,
        into changes: inout [AlertChange]
    ) {
        let key = EntityKey(group: [("host", host)], secret: folder.secret)
        let verdict = Verdict(level: .high)
        guard
            !folder.count(.rule(number), entity: key, verdict: verdict, event: 0, in: batch, into: &changes)
        else { return }
        folder.add(
            Finding(
                rule: rule("rule \(number)"), number: number, entity: Entity(kind: .host, parts: [("host", host)]),
                entityKey: key,
                reasons: [
                    Reason(
                        selection: "s", field: "CommandLine", pattern: "contains: i", value: "",
                        place: vocabulary.field("CommandLine"))
                ],
                event: PackedEvent(batch: batch, event: 0, vocabulary: vocabulary, secret: folder.secret)),
            into: &changes)
    }

    private static func at(_ seconds: Double) -> StreamTime {
        StreamTime(watermark: .unknown, now: Timestamp(nanoseconds: noon + Int64(seconds * 1e9)))
    }

    @Test func `an alert is told when it opens, on each doubling, and else once a second`() {
        var folder = folder(wants: .all)
        var changes: [AlertChange] = []
        var told: [[UInt64]] = []
        func tell() {
            told.append(changes.map(\.number))
            changes = []
        }
        folder.advance(to: Self.at(0), into: &changes)
        for _ in 1...7 { Self.feed(&folder, event(time: noon), into: &changes) }
        tell()
        folder.advance(to: Self.at(0.9), into: &changes)
        tell()
        // What was held back is told once, as it is by then.
        folder.advance(to: Self.at(1), into: &changes)
        tell()
        folder.advance(to: Self.at(5), into: &changes)
        for _ in 1...3 { Self.feed(&folder, event(time: noon), into: &changes) }
        tell()
        folder.finish(into: &changes)
        tell()
        #expect(told == [[1, 2, 4], [], [7], [8, 9], [11]] || told == [[1, 2, 4], [], [7], [8], [11]])
    }

    @Test func `without a clock only doublings are told, and nothing to who wants closed alerts`() {
        var (all, closed) = (folder(wants: .all), folder(wants: .closed))
        var (told, ended): ([AlertChange], [AlertChange]) = ([], [])
        for _ in 1...20 {
            Self.feed(&all, event(time: noon), into: &told)
            Self.feed(&closed, event(time: noon), into: &ended)
        }
        #expect(told.map(\.number) == [1, 2, 4, 8, 16])
        #expect(told.map(\.kind) == [.opened, .updated, .updated, .updated, .updated])
        #expect(ended.isEmpty)
        all.finish(into: &told)
        closed.finish(into: &ended)
        #expect(told.last == ended.last)
        #expect(ended.map(\.number) == [21])
        #expect(Set(told.map(\.alert.id)).count == 1)
    }

    @Test func `the watermark closes what has been quiet for the gap`() {
        var folder = folder(wants: .all)
        var changes: [AlertChange] = []
        func advance(_ seconds: Int64) -> [String] {
            changes = []
            folder.advance(
                to: StreamTime(watermark: Timestamp(nanoseconds: noon + seconds * second), now: .unknown),
                into: &changes)
            return changes.filter { $0.kind == .closed }.map(\.alert.entity.id)
        }
        Self.feed(&folder, event(time: noon), host: "a", into: &changes)
        Self.feed(&folder, event(time: noon + 10 * second), host: "b", into: &changes)
        Self.feed(&folder, event(time: nil), host: "timeless", into: &changes)
        #expect(advance(86_400) == [])
        #expect(advance(86_401) == ["a"])
        Self.feed(&folder, event(time: noon + 50_000 * second), host: "b", into: &changes)
        #expect(advance(90_000) == [])
        #expect(advance(50_000 + 86_401) == ["b"])
        // What has no time is as old as what came with it.
        #expect(advance(200_000) == ["timeless"])
        #expect(folder.openCount == 0)
    }

    @Test func `two command lines are one alert that shows both, with the files of both`() throws {
        var folder = folder()
        var changes: [AlertChange] = []
        for (number, command) in ["certutil -urlcache a", "certutil -urlcache a", "certutil -decode b"].enumerated() {
            let batch = event(
                command: command, time: noon, position: UInt64(number + 1), path: number < 2 ? "one.log" : "two.log")
            Self.feed(&folder, batch, into: &changes)
        }
        let alert = try #require(folder.closeAll().first)
        #expect(alert.count == 3)
        #expect(
            alert.differing == [
                DifferingField(
                    field: "CommandLine",
                    values: [
                        .init(value: "certutil -urlcache a", count: 2), .init(value: "certutil -decode b", count: 1),
                    ])
            ])
        let logsource = "linux/process_creation/auditd"
        #expect(
            alert.sources == [
                AlertSource(path: "one.log", logsource: logsource, count: 2),
                AlertSource(path: "two.log", logsource: logsource, count: 1),
            ])
    }

    @Test func `of endless values the first are shown and the others counted`() throws {
        var folder = folder()
        var changes: [AlertChange] = []
        for number in 1...1000 {
            Self.feed(
                &folder,
                event(command: "id \(number)", time: noon, position: UInt64(number), path: "f\(number % 100).log"),
                into: &changes)
        }
        let alert = try #require(folder.closeAll().first)
        #expect(alert.differing.first?.values.map(\.count) == Array(repeating: 1, count: 8))
        #expect(alert.differing.first?.more == 992)
        #expect(alert.sources.count == 32)
        #expect(alert.sources.allSatisfy { $0.count == 10 })
        #expect(alert.moreSources == 680)
        #expect(alert.events.map(\.position) == Array(1...11) + [512])
    }

    @Test func `a long value differs by what was cut as well`() throws {
        var folder = folder()
        var changes: [AlertChange] = []
        let long = String(repeating: "x", count: 10_000)
        for command in [long + "1", long + "2", long + "1"] {
            Self.feed(&folder, event(command: command, time: noon), into: &changes)
        }
        let values = try #require(folder.closeAll().first?.differing.first?.values)
        #expect(values.map(\.count) == [2, 1])
        #expect(values.allSatisfy { $0.value?.hasSuffix("…[+8977 bytes]") ?? false })
    }

    @Test(arguments: Folding.allCases)
    func `findings fold by what is chosen`(folding: Folding) throws {
        var folder = folder(folding: folding)
        var changes: [AlertChange] = []
        for (number, host) in ["a", "b", "a", "b"].enumerated() {
            Self.feed(
                &folder, event(host: host, time: noon, position: UInt64(number + 1)), host: host, into: &changes)
        }
        folder.finish(into: &changes)
        let alerts = changes.map(\.alert)
        #expect(Set(alerts.map(\.id)).count == alerts.count)
        switch folding {
        case .none: #expect(alerts.map(\.count) == [1, 1, 1, 1])
        case .default: #expect(alerts.map(\.count) == [2, 2])
        case .rule:
            #expect(alerts.map(\.count) == [4])
            #expect(alerts[0].entity == .all)
            #expect(alerts[0].differing.map(\.field) == ["entity"])
            #expect(alerts[0].differing[0].values.map(\.value) == ["a", "b"])
            #expect(alerts[0].differing[0].values.map(\.count) == [2, 2])
        }
    }

    @Test func `a change reads back as it was written, and its bytes are those of its tree`() throws {
        var folder = folder(wants: .all)
        var changes: [AlertChange] = []
        for command in ["é\u{202E}\"\\\n\u{7F}\u{1}", "漢字 \u{1F600}", ""] {
            Self.feed(&folder, event(command: command, time: noon), into: &changes)
        }
        Self.feed(&folder, event(command: "x", time: nil), host: "b", into: &changes)
        folder.finish(into: &changes)
        #expect(changes.count == 5)
        for change in changes {
            var bytes: [UInt8] = []
            change.appendJSON(to: &bytes)
            #expect(String(decoding: bytes, as: UTF8.self) == change.json.text)
            let again = try JSONDecoder().decode(AlertChange.self, from: Data(bytes))
            #expect(again.kind == change.kind && again.number == change.number)
            #expect(again.alert.differing == change.alert.differing && again.alert.sources == change.alert.sources)
            var writer = StateWriter(vocabulary: vocabulary)
            change.alert.save(to: &writer)
            var reader = StateReader(writer.bytes, vocabulary: vocabulary)
            let restored = try Alert(from: &reader)
            #expect(restored == change.alert)
            let isWhole = reader.isAtEnd
            #expect(isWhole)
        }
    }
}

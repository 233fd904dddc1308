// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Real event logs, against an independent reader and against the same records as JSON.
@Suite(
    .enabled(if: !Corpora.files(under: "evtx", suffix: ".evtx").isEmpty, Comment(rawValue: Corpora.absent)),
    .enabled(if: EVTXOracle.isHere, Comment(rawValue: EVTXOracle.absent)),
    .serialized)
struct EVTXCorpusTests {
    static let paths = Corpora.files(under: "evtx", suffix: ".evtx")

    /// Read once for all tests.
    private static let dumped = Result { try EVTXDump(paths) }
    private static let own: [(events: [SeenEvent], report: ReadReport)] = {
        let vocabulary = Vocabulary()
        return paths.map { path in
            var source = EventPump(paths: [path], vocabulary: vocabulary)
            var batch = EventBatch()
            var reading = Reading()
            while source.next(&batch) { reading.add(batch, vocabulary) }
            return (reading.events, source.report)
        }
    }()

    @Test func `every record of every log is read, and nothing else`() throws {
        let dumped = try Self.dumped.get()
        #expect(Self.paths.count > 200)
        for (index, path) in Self.paths.enumerated() {
            let (events, report) = Self.own[index]
            #expect(events.map(\.position) == dumped.records.filter { $0.file == index }.map(\.id), "\(path)")
            #expect(report.problems.isEmpty, "\(path)")
            let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? UInt64
            #expect(report.records == UInt64(events.count) && report.bytes == size, "\(path)")
        }
    }

    @Test func `every value is the independent reader's`() throws {
        var compared = 0
        for (record, event) in zip(try Self.dumped.get().records, Self.own.flatMap(\.events)) {
            var own: [String: [String?]] = [:]
            for field in event.fields { own[field.name, default: []].append(field.kind == .null ? nil : field.value) }
            for (name, values) in record.fields {
                compared += values.count
                if own[name].map({ Array($0.prefix(values.count)) }) == values { continue }
                // The Security log's process ids are moved to what they mean, as decimal numbers.
                if name == "ProcessId", let number = Int(values[0]?.dropFirst(2) ?? "", radix: 16) {
                    let meant = own["EventID"] == ["4688"] ? "ParentProcessId" : "ProcessId"
                    if own[meant]?.contains("\(number)") == true { continue }
                }
                Issue.record("\(Self.paths[record.file]) \(record.id): \(name) is \(own[name] ?? []), not \(values)")
                return
            }
        }
        #expect(compared > 200_000)
    }

    @Test func `events are those of the same records as JSON`() throws {
        let vocabulary = Vocabulary()
        var reader = JSONReader(vocabulary: vocabulary, options: JSONReaderOptions())
        let records = try Self.dumped.get().records
        let json = read(lines: records.map(\.json), with: &reader, vocabulary: vocabulary, batchesOf: 500).events
        let own = Self.own.flatMap(\.events)
        try #require(json.count == own.count)
        for (index, pair) in zip(own, json).enumerated() {
            let place = "\(Self.paths[records[index].file]) \(pair.0.position)"
            guard pair.0.source == pair.1.source, pair.0.time / 1000 == pair.1.time / 1000 else {
                Issue.record("\(place): \(pair.0.source) \(pair.0.time), as JSON \(pair.1.source) \(pair.1.time)")
                return
            }
            let (one, other) = (Self.essence(pair.0), Self.essence(pair.1))
            if one != other {
                Issue.record("\(place): \(one.subtracting(other).sorted()), as JSON \(other.subtracting(one).sorted())")
                return
            }
        }
    }

    /// What rules see of an event, kinds included; JSON tells objects and the empty elements of `System`, too.
    private static func essence(_ event: SeenEvent) -> Set<String> {
        let system: Set<String> = ["Correlation", "Security", "Execution", "Event.System"]
        return Set(
            event.fields.compactMap { field in
                if field.kind == .container || field.name == "Event.#attributes.xmlns" { return nil }
                if field.kind == .null, system.contains(field.name) || field.name == "" { return nil }
                return "\(field.name) \(field.kind) \(field.value)"
            })
    }
}

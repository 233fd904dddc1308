// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import TestSupport
import Testing

/// Units give what one thread reads, whoever reads which unit and however the input is cut.
@Suite struct UnitTests {
    /// Everything reading makes.
    struct Reading: Equatable {
        var events: [String] = []
        var report: [String] = []

        mutating func add(_ batch: EventBatch, _ vocabulary: Vocabulary) {
            for (index, event) in batch.events.enumerated() {
                var text = "\(batch.path) \(event.position) \(event.time) \(vocabulary.source(of: event.source))"
                text += event.isDerived ? " derived " : " "
                batch.forEachSlot(of: index) { slot in
                    text += "\(vocabulary.name(of: slot.field)) \(slot.kind) \(batch.text(slot)); "
                }
                events.append(text + batch.record(of: index))
            }
        }

        mutating func end(_ seen: ReadReport) {
            report = ["\(seen.bytes) \(seen.records) \(seen.events)"]
            report += ReadProblemKind.allCases.map { "\($0) \(seen.problems[$0] ?? 0)" }
            report += seen.samples.map { "\($0.kind) \($0.path):\($0.position) \($0.message)" }
        }
    }

    /// Reads files one after the other on one thread, each whole.
    static func plain(_ paths: [String]) -> Reading {
        let vocabulary = Vocabulary()
        var reading = Reading()
        var seen = ReadReport()
        var batch = EventBatch()
        for path in paths {
            var source = EventPump(
                paths: [path], limits: InputLimits(record: InputLimits().record, chunk: 4 << 20),
                vocabulary: vocabulary)
            while source.next(&batch) { reading.add(batch, vocabulary) }
            seen.merge(source.report)
        }
        reading.end(seen)
        return reading
    }

    /// Reads files as units, each by one of a few readers chosen at random and in random order.
    static func units(_ paths: [String], limits: InputLimits, seed: UInt64) -> (reading: Reading, count: Int) {
        var random = SeededGenerator(seed: seed)
        let vocabulary = Vocabulary()
        var source = RecordedSource(paths: paths, limits: limits, vocabulary: vocabulary)
        var readers = (0..<3).map { _ in UnitReader(vocabulary: vocabulary) }
        var reading = Reading()
        var seen = ReadReport()
        var count = 0
        var free = (0..<8).map { _ in InputUnit() }
        var done: UInt64 = 0
        while true {
            // A handful under way at a time, in units that were used before.
            var cut: [InputUnit] = []
            while var unit = free.popLast() {
                guard source.next(&unit) == .unit else { break }
                cut.append(unit)
            }
            if cut.isEmpty { break }
            count += cut.count
            for index in cut.indices.shuffled(using: &random) {
                readers[Int.random(in: 0..<3, using: &random)].read(&cut[index])
            }
            for index in cut.indices {
                cut[index].settle()
                reading.add(cut[index].batch, vocabulary)
                seen.merge(cut[index].report)
                #expect(cut[index].bytesDone >= done)
                done = cut[index].bytesDone
            }
            free = cut
        }
        reading.end(seen)
        return (reading, count)
    }

    @Test(arguments: MixedStream.Kind.allCases, 0..<6 as Range<UInt64>)
    func `units in any size and order give what one thread reads`(kind: MixedStream.Kind, seed: UInt64) throws {
        var stream = MixedStream(seed: seed)
        var random = SeededGenerator(seed: seed)
        let files = try (0..<2).map { _ in try ScratchFile(stream.text(kind, records: 200)) }
        let plain = Self.plain(files.map(\.path))
        #expect(plain.events.count > 200)
        for _ in 0..<3 {
            let chunk = Int.random(in: 1...4000, using: &random)
            let limits = InputLimits(record: InputLimits().record, chunk: chunk)
            let (reading, count) = Self.units(files.map(\.path), limits: limits, seed: random.next())
            #expect(count > 4)
            #expect(reading.events == plain.events, "units of \(chunk) bytes")
            #expect(reading.report == plain.report, "units of \(chunk) bytes")
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `event logs as units give what one thread reads`(seed: UInt64) throws {
        var files: [ScratchFile] = []
        for log in 0..<3 {
            var writer = EVTXWriter()
            for chunk in 0..<12 {
                for record in 0..<8 {
                    writer.addEvent(
                        channel: "Security", provider: "P", id: 4688, data: [("N\(chunk % 5)", "\(log).\(record)")])
                }
                writer.endChunk()
            }
            var bytes = writer.finished()
            // A chunk without its beginning, and a record without its own.
            bytes[4096 + 65_536 * (log + 1)] = 0
            bytes[4096 + 65_536 * 5 + 512] = 0
            files.append(try ScratchFile(bytes))
        }
        let plain = Self.plain(files.map(\.path))
        #expect(plain.events.count == 3 * (12 * 8 - 1))
        let (reading, count) = Self.units(files.map(\.path), limits: InputLimits(), seed: seed)
        #expect(count >= 3 * 4)
        #expect(reading == plain)
    }

    @Test(.enabled(if: Corpora.root != nil, "\(Corpora.absent)"))
    func `public recordings as units give what one thread reads`() throws {
        let files =
            Corpora.files(under: "linux", suffix: ".json") + Corpora.files(under: "linux", suffix: ".log")
            + Corpora.files(under: "kubernetes-audit", suffix: ".jsonl")
        let plain = Self.plain(files)
        #expect(plain.events.count > 100)
        for chunk in [100, 5000, 60_000] {
            let limits = InputLimits(record: InputLimits().record, chunk: chunk)
            #expect(Self.units(files, limits: limits, seed: UInt64(chunk)).reading == plain)
        }
    }

    @Test func `inputs that cannot be read are reported in their place`() throws {
        let good = try ScratchFile(Array("{\"a\":1}\n".utf8))
        let binary = try ScratchFile((0..<5000).map { UInt8(truncatingIfNeeded: $0 % 7) })
        let paths = ["/nowhere/at/all", good.path, binary.path, good.path]
        let plain = Self.plain(paths)
        #expect(plain.events.count == 2)
        #expect(Self.units(paths, limits: InputLimits(), seed: 1).reading == plain)
    }

    @Test func `a record follows from itself, not from the one before it`() throws {
        let wrapped = #"{"event":{"kind":"Event","verb":"get","objectRef":{"resource":"pods"},"requestURI":"/x"}}"#
        let others = [
            #"{"event":{"verb":"run","kind":"Event","action":"exec"},"Image":"/bin/x","CommandLine":"x"}"#,
            #"{"ecs":{"version":"8"},"event":{"kind":"Event","category":["process"]},"process":{"pid":1}}"#,
            #"{"event":{"verb":"get","requestURI":"/y"},"involvedObject":{"kind":"Pod"},"kind":"Event"}"#,
        ]
        for other in others {
            let alone = JSONReading(other).events
            let after = JSONReading(wrapped, other).events
            #expect(after.count == 2)
            #expect(after.last?.fields == alone.first?.fields)
            #expect(after.last?.source == alone.first?.source)
        }
    }
}

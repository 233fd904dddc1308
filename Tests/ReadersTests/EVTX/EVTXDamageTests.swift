// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import TestSupport
import Testing

/// Logs that were not closed, cut short, or damaged.
@Suite struct EVTXDamageTests {
    private static func log(chunks: Int = 2, records: Int = 5) -> [UInt8] {
        var writer = EVTXWriter()
        for chunk in 0..<chunks {
            for record in 0..<records {
                writer.addEvent(channel: "Security", provider: "P", id: 1, data: [("N", "\(chunk).\(record)")])
            }
            writer.endChunk()
        }
        return writer.finished()
    }

    private static func names(_ reading: Reading) -> [String] { reading.events.map { $0["N"] ?? "?" } }

    private static let all = ["0.0", "0.1", "0.2", "0.3", "0.4", "1.0", "1.1", "1.2", "1.3", "1.4"]

    /// Where the records of a chunk begin.
    private static func records(_ log: [UInt8], chunk: Int) -> [Int] {
        let start = 4096 + chunk * 65_536
        var places: [Int] = []
        var at = start + 512
        while log[at] == 0x2A {
            places.append(at)
            at += Int(log[at + 4]) + Int(log[at + 5]) << 8
        }
        return places
    }

    private static func put(_ bytes: [UInt8], _ place: Int, in log: inout [UInt8]) {
        log.replaceSubrange(place..<place + bytes.count, with: bytes)
    }

    @Test func `records and chunks beyond the headers' counts are read`() throws {
        var log = Self.log()
        // As in a log that is copied while it is written: neither header was brought up to date.
        Self.put([1, 0], 42, in: &log)
        Self.put([1], 120, in: &log)
        let second = Self.records(log, chunk: 1)
        Self.put(EVTXValue.bytes(UInt32(second[2] - 4096 - 65_536)), 4096 + 65_536 + 48, in: &log)
        let seen = try read(log)
        #expect(Self.names(seen) == Self.all && seen.report.problems.isEmpty)
    }

    @Test func `what an earlier use of the space left behind is not read`() throws {
        var log = Self.log()
        let second = Self.records(log, chunk: 1)
        Self.put(EVTXValue.bytes(UInt32(second[2] - 4096 - 65_536)), 4096 + 65_536 + 48, in: &log)
        Self.put([1], second[2] + 8, in: &log)
        let seen = try read(log)
        #expect(Self.names(seen) == Array(Self.all[..<7]) && seen.report.problems.isEmpty)
    }

    @Test func `a damaged record is counted with its place and the others are read`() throws {
        for (offset, bytes, left) in [
            (0, [0xFF], 9), (4, [0xFF, 0xFF, 0xFF, 0x7F], 9), (4, [3, 0, 0, 0], 9), (24, [0x7F], 9),
            (33, [0xFF, 0xFF], 9),
        ] as [(Int, [UInt8], Int)] {
            var log = Self.log()
            let place = Self.records(log, chunk: 0)[2]
            Self.put(bytes, place + offset, in: &log)
            let seen = try read(log)
            #expect(Self.names(seen) == Self.all.filter { $0 != "0.2" }, "at \(offset)")
            #expect(seen.events.count == left && seen.report.problems == [.malformed: 1] && seen.report.records == 10)
            #expect(seen.report.samples[0].message.contains("chunk 0 at byte 4096"))
            #expect(seen.report.samples[0].message.contains("byte \(place)"))
        }
    }

    @Test func `a chunk with a damaged header gives what records are whole`() throws {
        var log = Self.log()
        Self.put([0], 4096, in: &log)
        let seen = try read(log)
        #expect(Self.names(seen) == Self.all && seen.report.problems == [.malformed: 1])
        #expect(seen.report.samples[0].message.contains("chunk 0 at byte 4096"))
    }

    @Test func `a chunk of noise is counted and the next one read`() throws {
        var log = Self.log()
        for index in 4096..<4096 + 65_536 { log[index] = UInt8(truncatingIfNeeded: index &* 7 + 1) }
        let seen = try read(log)
        #expect(Self.names(seen) == Array(Self.all[5...]) && seen.report.problems == [.malformed: 1])
    }

    @Test func `space that was never used is no damage`() throws {
        let seen = try read(Self.log() + [UInt8](repeating: 0, count: 200_000))
        #expect(Self.names(seen) == Self.all && seen.report.problems.isEmpty)
    }

    @Test func `a log cut anywhere gives the records before the cut`() throws {
        let log = Self.log()
        let ends = (0..<2).flatMap { chunk in
            let places = Self.records(log, chunk: chunk)
            return Array(places[1...]) + [places[4] + (places[4] - places[3])]
        }
        for cut in stride(from: 4097, to: log.count, by: 1009) {
            let seen = try read(Array(log[..<cut]))
            let whole = ends.count { $0 <= cut }
            #expect(Self.names(seen) == Array(Self.all[..<whole]), "cut at \(cut)")
            let isInside = whole < 5 || (whole < 10 && cut > 4096 + 65_536)
            #expect(!isInside || !seen.report.problems.isEmpty, "cut at \(cut)")
        }
    }

    @Test func `checksums are looked at only when asked for`() throws {
        var log = Self.log()
        #expect(try problems(log, verifying: true).isEmpty)
        log[4096 + 65_536 + 30] ^= 1
        #expect(try problems(log, verifying: false).isEmpty)
        #expect(try problems(log, verifying: true) == ["chunk 1 at byte 69632"])
        log[30] ^= 1
        #expect(try problems(log, verifying: true).count == 2)
    }

    private func problems(_ log: [UInt8], verifying: Bool) throws -> [String] {
        let file = try ScratchFile(log)
        var source = EventPump(
            paths: [file.path], vocabulary: Vocabulary(), evtx: EVTXOptions(verifiesChecksums: verifying))
        var batch = EventBatch()
        var events = 0
        while source.next(&batch) { events += batch.events.count }
        #expect(events == 10)
        return source.report.samples.map { String($0.message.prefix { $0 != ":" }) }
    }

    @Test func `a changed byte never ends the reading`() throws {
        let log = Self.log(chunks: 1, records: 2)
        let end = Self.records(log, chunk: 0)[1] + 600
        let chunk = Array(log[4096...])
        let vocabulary = Vocabulary()
        var reader = EVTXReader(vocabulary: vocabulary)
        #if DEBUG
            let step = 5
        #else
            let step = 1
        #endif
        for place in stride(from: 0, to: end - 4096, by: step) {
            for value in [0, 0xFF, 0x01, 0x0C] as [UInt8] {
                var changed = chunk
                changed[place] = value
                var batch = EventBatch()
                var report = ReadReport()
                reader.read(EVTXChunk(index: 0, offset: 4096, bytes: changed), into: &batch, report: &report)
                #expect(batch.events.count <= 2 && batch.bytes.count < 100_000)
            }
        }
    }

    @Test func `text outside of any element is no event`() throws {
        var writer = EVTXWriter()
        writer.add(.text("x"), [])
        writer.add(.value(0), [.text("x")])
        writer.addEvent(channel: "C", provider: "P", id: 1, data: [])
        let seen = try read(writer.finished())
        #expect(seen.events.count == 1 && seen.report.problems == [.malformed: 2])
    }

    @Test func `templates that repeat themselves end at a bound`() throws {
        // A value that is an instance of the template it stands in, many times over.
        let leaf = EVTXNode.element("A", [], [.text(String(repeating: "x", count: 1000))])
        let fan = EVTXNode.element("B", [], (0..<40).map { _ in EVTXNode.value(0, 0x21) })
        var value = EVTXValue.template(leaf, [])
        for _ in 0..<6 { value = .template(fan, [value]) }
        var writer = EVTXWriter()
        for _ in 0..<20 { writer.add(.element("Event", [], [.value(0, 0x21)]), [value]) }
        let vocabulary = Vocabulary()
        var reader = EVTXReader(vocabulary: vocabulary)
        var batch = EventBatch()
        var report = ReadReport()
        let log = writer.finished()
        reader.read(EVTXChunk(index: 0, offset: 4096, bytes: Array(log[4096...])), into: &batch, report: &report)
        #expect(batch.bytes.count < 6 << 20 && batch.slots.count < 1 << 20)
        #expect(!report.problems.isEmpty)
    }
}

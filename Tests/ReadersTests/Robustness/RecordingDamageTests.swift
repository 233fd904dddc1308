// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Every shipped recording, cut short and with single bytes changed.
@Suite struct RecordingDamageTests {
    #if DEBUG
        /// Debug builds take minutes for all places; they leave most to release builds.
        private static let step = 5
    #else
        private static let step = 1
    #endif

    @Test func `there are recordings of every kind`() {
        #expect(Recording.all.count { $0.path.hasSuffix(".audit.log") } > 20)
        #expect(Recording.all.count { $0.path.hasSuffix(".jsonl") } > 10)
        #expect(Recording.all.count { $0.path.hasSuffix(".json") } > 3)
    }

    @Test(arguments: Recording.sample)
    func `a recording cut anywhere keeps every record before the cut`(recording: Recording) throws {
        let bytes = try recording.bytes()
        try check(bytes, cutAt: stride(from: 0, to: bytes.count, by: 97 * Self.step))
    }

    @Test(arguments: Recording.sample)
    func `a recording cut anywhere near its end keeps every record before the cut`(recording: Recording) throws {
        let bytes = try recording.tail(2048)
        try check(bytes, cutAt: stride(from: max(0, bytes.count - 300), to: bytes.count, by: Self.step))
    }

    private func check(_ bytes: [UInt8], cutAt cuts: StrideTo<Int>) throws {
        let whole = try read(bytes)
        let format = try #require(whole.format)
        #expect(whole.problemCount == 0 && whole.accountsForAllRecords)
        for cut in cuts {
            let reading = try read(Array(bytes[..<cut]), format: format)
            let records = reading.report.records
            #expect(reading.accountsForAllRecords, "cut at \(cut)")
            #expect(reading.directEvents(before: records) == whole.directEvents(before: records), "cut at \(cut)")
            if format != .json {
                let complete = UInt64(bytes[..<cut].count { $0 == UInt8(ascii: "\n") })
                #expect(records == complete || records == complete + 1, "cut at \(cut)")
                #expect(keepsCompleteEvents(of: whole, reading, before: complete), "cut at \(cut)")
            } else if cut > 0, bytes[cut...].contains(where: { $0 > 0x20 }) {
                // Whatever the cut leaves of a document or of the array around them is told.
                #expect(reading.report.problems[.truncated] == 1, "cut at \(cut)")
            }
        }
    }

    /// Whether an event whose records were all read whole is there, unchanged.
    private func keepsCompleteEvents(of whole: Reading, _ cut: Reading, before complete: UInt64) -> Bool {
        let wanted = whole.derived.filter { $0.position + UInt64($0.record.split(separator: "\n").count) <= complete }
        let found = Set(cut.derived.map(\.description))
        // Records of another event may stand between them; such an event has more lines than it seems.
        return wanted.filter { !isInterleaved($0, in: whole) }.allSatisfy { found.contains($0.description) }
    }

    private func isInterleaved(_ event: SeenEvent, in whole: Reading) -> Bool {
        let lines = UInt64(event.record.split(separator: "\n").count)
        let own = whole.direct.filter { $0.position >= event.position && $0.position < event.position + lines }
        return own.map(\.record).joined(separator: "\n") != event.record
    }

    @Test(arguments: Recording.sample)
    func `a changed byte touches no other record`(recording: Recording) throws {
        let bytes = try recording.tail(8192)
        let whole = try read(bytes)
        let format = try #require(whole.format)
        let values: [UInt8] = [0, 0xFF, 0x22, 0x3D, 0x7D, 0x1D, 0x20]
        for (turn, position) in stride(from: 0, to: bytes.count, by: 97 * Self.step).enumerated()
        where bytes[position] != UInt8(ascii: "\n") {
            var changed = bytes
            changed[position] = values[turn % values.count]
            let reading = try read(changed, format: format)
            #expect(reading.accountsForAllRecords, "changed at \(position)")
            // A document's end can be lost with one byte; a line's cannot.
            guard format != .json else { continue }
            let line = 1 + UInt64(bytes[..<position].count { $0 == UInt8(ascii: "\n") })
            #expect(reading.report.records == whole.report.records, "changed at \(position)")
            let others = reading.direct.filter { $0.position != line }.map(\.description)
            #expect(others == whole.direct.filter { $0.position != line }.map(\.description), "changed at \(position)")
        }
    }
}

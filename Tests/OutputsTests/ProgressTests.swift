// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Outputs

// Foundation has a type of this name, too.
import struct Outputs.Progress
import Testing

@Suite struct ProgressTests {
    private let start = ContinuousClock.now
    private func state(_ done: UInt64, of total: UInt64?) -> Progress.State {
        Progress.State(bytesDone: done, bytesTotal: total, events: done / 100, alerts: 3)
    }

    @Test func `nothing is written to what is no terminal`() throws {
        var progress = Progress(ByteOutput(), terminal: Terminal(isTerminal: false), start: start)
        try progress.update(state(1, of: 2), now: start + .seconds(1))
        try progress.clear()
        #expect(progress.output.bytes.isEmpty)
    }

    @Test func `it redraws ten times a second at most and clears once`() throws {
        var progress = Progress(ByteOutput(), terminal: Terminal(isTerminal: true, width: 120), start: start)
        for step in 0..<1000 { try progress.update(state(UInt64(step), of: 1000), now: start + .milliseconds(step)) }
        try progress.clear()
        try progress.clear()
        #expect(progress.output.text.split(separator: "\r").count == 11)
        #expect(progress.output.text.hasSuffix("\r\u{1B}[2K"))
    }

    @Test(
        arguments: [
            (500_000_000, 2_000_000_000, 10, "25% of 2.0 GB · 50.0 MB/s · 500,000 events/s · 30.0 s left · 3 alerts"),
            (5_000_000, nil, 2, "5.0 MB · 2.5 MB/s · 25,000 events/s · 3 alerts"),
            (10, 10, 0, "100% of 10 B · 3 alerts"),
            (0, 0, 1, "0 B · 0 B/s · 0 events/s · 3 alerts"),
        ] as [(UInt64, UInt64?, Int, String)])
    func `it tells how far, how fast and how long`(done: UInt64, total: UInt64?, seconds: Int, expected: String) throws
    {
        var progress = Progress(ByteOutput(), terminal: Terminal(isTerminal: true, width: 120), start: start)
        try progress.update(state(done, of: total), now: start + .seconds(seconds))
        #expect(progress.output.text == "\r\u{1B}[2K" + expected)
    }

    @Test func `it stays within a narrow terminal`() throws {
        var progress = Progress(ByteOutput(), terminal: Terminal(isTerminal: true, width: 20), start: start)
        try progress.update(state(5_000_000, of: nil), now: start + .seconds(2))
        #expect(progress.output.text.dropFirst(5).count == 19)
    }
}

@Suite struct ByteOutputTests {
    @Test func `everything written reaches the descriptor`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "vedette-\(UUID().uuidString)")
        #expect(FileManager.default.createFile(atPath: file.path(), contents: nil))
        defer { try? FileManager.default.removeItem(at: file) }
        let handle = try FileHandle(forWritingTo: file)
        var output = ByteOutput(descriptor: handle.fileDescriptor)
        for _ in 0..<5000 { try output.write("0123456789abcdefghij\n") }
        try output.flush()
        #expect(try Data(contentsOf: file).count == 5000 * 21)
    }

    @Test func `a failing descriptor is an error with its reason`() {
        var output = ByteOutput(descriptor: -1)
        #expect(throws: OutputError.self) {
            try output.write("x")
            try output.flush()
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import Testing

@Suite struct InputTests {
    static func lines(_ count: Int) -> String {
        (1...count).map { "line \($0) \(String(repeating: "x", count: $0 % 50))" }.joined(separator: "\n") + "\n"
    }

    static func messages(_ reading: Reading) -> [String] { reading.events.map { $0["message"] ?? "" } }

    @Test(arguments: [1, 2, 7, 64, 1000, 1 << 20])
    func `lines are the same whatever the chunk`(chunk: Int) throws {
        let text = "one\r\ntwo\n\n\nthree\u{0}\nfour\r\nlast"
        let seen = try read(text, format: .text, limits: InputLimits(record: 1000, chunk: chunk))
        #expect(Self.messages(seen) == ["one", "two", "three\u{0}", "four", "last"])
        #expect(seen.events.map(\.position) == [1, 2, 5, 6, 7])
        #expect(seen.report.bytes == UInt64(text.utf8.count))
        #expect(seen.report.records == 5)
        #expect(seen.report.events == 5)
    }

    @Test(arguments: [1, 5, 13, 100_000])
    func `compressed and converted inputs give what plain ones give`(chunk: Int) throws {
        let text = Self.lines(40) + "ä€😀\n"
        let bytes = Array(text.utf8)
        let units = Array(text.utf16)
        let inputs: [[UInt8]] = [
            bytes, [0xEF, 0xBB, 0xBF] + bytes, gzip(bytes),
            gzip(Array(bytes[..<100])) + gzip(Array(bytes[100...])) + [0, 0],
            zstandard(bytes), zstandard(Array(bytes[..<100])) + zstandard(Array(bytes[100...])),
            [0xFF, 0xFE] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] },
            [0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] },
            gzip([0xFF, 0xFE] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }),
        ]
        for input in inputs {
            let seen = try read(input, limits: InputLimits(record: 1000, chunk: chunk))
            #expect(Self.messages(seen) == text.split(separator: "\n").map(String.init))
            #expect(seen.report.problems.isEmpty)
        }
    }

    @Test(arguments: [true, false])
    func `of a damaged stream everything before the damage is read`(isGzip: Bool) throws {
        var generator = SystemRandomNumberGenerator()
        let text = (0..<20_000).map { "line \($0) \(UInt64.random(in: 0 ... .max, using: &generator))" }.joined(
            separator: "\n")
        let bytes = Array(text.utf8)
        let packed = isGzip ? gzip(bytes) : zstandard(bytes)
        let cut = try read(Array(packed[..<(packed.count * 3 / 4)]), format: .text)
        #expect(cut.report.problems == [.compression: 1])
        #expect(cut.events.count > 1000)
        #expect(text.hasPrefix(Self.messages(cut).dropLast().joined(separator: "\n")))
        let halves = [bytes.prefix(bytes.count / 2), bytes.suffix(bytes.count - bytes.count / 2)].map(Array.init)
        var second = isGzip ? gzip(halves[1]) : zstandard(halves[1])
        second[4] ^= 0xFF
        second[10] ^= 0xFF
        let damaged = try read((isGzip ? gzip(halves[0]) : zstandard(halves[0])) + second, format: .text)
        #expect(damaged.report.problems[.compression] == 1)
        #expect(damaged.events.count > 5000)
    }

    @Test func `a lone surrogate is repaired and counted`() throws {
        let seen = try read([0xFF, 0xFE, 0x61, 0, 0x3D, 0xD8, 0x62, 0, 0x0A, 0, 0x63], format: .text)
        #expect(Self.messages(seen) == ["a\u{FFFD}b", "\u{FFFD}"])
        #expect(seen.report.problems == [.encoding: 1])
    }

    @Test(arguments: [1, 3, 10, 11, 12, 100])
    func `a line over the limit is skipped and located`(chunk: Int) throws {
        let long = String(repeating: "y", count: 30)
        let seen = try read(
            "one\n\(long)\ntwo\nexactly10!\nelevenchars\n\(long)", format: .text,
            limits: InputLimits(record: 10, chunk: chunk))
        #expect(Self.messages(seen) == ["one", "two", "exactly10!"])
        #expect(seen.report.problems == [.tooLong: 3])
        #expect(seen.report.samples.map(\.position) == [2, 5, 6])
        #expect(seen.report.records == 6)
    }

    @Test func `a line of 100 MB is skipped in bounded memory`() async {
        // A process of its own: others' memory is not to be counted.
        await #expect(processExitsWith: .success) {
            let path = FileManager.default.temporaryDirectory.path + "/vedette-\(UUID().uuidString)"
            _ = FileManager.default.createFile(atPath: path, contents: Data("before\n".utf8))
            defer { try? FileManager.default.removeItem(atPath: path) }
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.seekToEnd()
            let part = Data(repeating: UInt8(ascii: "z"), count: 1 << 20)
            for _ in 0..<100 { try handle.write(contentsOf: part) }
            try handle.write(contentsOf: Data("\nafter\n".utf8))
            try handle.close()
            let before = try peakBytes()
            let seen = read(path: path, format: .text)
            let growth = try peakBytes() - before
            #expect(InputTests.messages(seen) == ["before", "after"])
            #expect(seen.report.problems == [.tooLong: 1])
            #expect(growth < 40 << 20)
        }
    }

    @Test func `an input that is not there is a counted problem`() {
        let seen = read(path: "/nonexistent/log")
        #expect(seen.report.problems == [.unreadable: 1])
        #expect(seen.events.isEmpty)
    }
}

/// The most memory this process ever had in use (proc(5), status).
private func peakBytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return (line?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The program among other programs: pipes that close, folders with nothing in them, full disks.
@Suite struct PipesAndFilesTests {
    static let hunt = "\"$VEDETTE\" hunt --strategies Strategies --output jsonl"

    @Test(arguments: ["", "trap '' PIPE; "])
    func `a reader that has seen enough is no failure`(before: String) throws {
        // More than a pipe holds, so that the program is still writing when its reader is gone.
        let result = try Program.shell("\(before){ \(Self.hunt) Strategies/*/telemetry; echo $? >&2; } | head -n 1")
        #expect(result.code == 0)
        #expect(result.lines.count == 1)
        #expect(result.errors.split(separator: "\n").last == "141", "\(result.errors)")
        for word in ["Fatal", "rash", "Broken pipe", " at /"] { #expect(!result.errors.contains(word)) }
    }

    @Test func `telemetry is read from a pipe`() throws {
        let result = try Program.shell("cat \(HuntCommandTests.attack) | \(Self.hunt) -")
        #expect(result.code == 0)
        #expect(result.lines.count == 2)
        #expect(result.lines.allSatisfy { $0.contains("\"path\":\"-\"") })
    }

    @Test(arguments: [
        "Strategies/*/telemetry", "- < \(HuntCommandTests.attack)", "\(HuntCommandTests.attack) /dev/null",
    ])
    func `what is written does not depend on the number of threads`(input: String) throws {
        let one = try Program.shell("\(Self.hunt) -q --threads 1 \(input)")
        #expect(!one.output.isEmpty)
        for count in [2, 3, 8] {
            let many = try Program.shell("\(Self.hunt) -q --threads \(count) \(input)")
            #expect(many.code == one.code)
            #expect(many.output == one.output, "\(count) threads")
        }
    }

    @Test func `standard error may be closed`() throws {
        let result = try Program.shell("trap '' PIPE; \(Self.hunt) \(HuntCommandTests.attack) 2>&-")
        #expect(result.code == 0)
        #expect(result.lines.count == 2)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func `alerts that cannot be written are a failure`() throws {
        let result = try Program.shell("\(Self.hunt) -q \(HuntCommandTests.attack) > /dev/full")
        #expect(result.code == 2)
        #expect(result.errors.contains("cannot write output"))
    }

    @Test func `an empty file is read and holds nothing`() throws {
        let folder = try TemporaryFolder()
        let result = try Program.run(["hunt", try folder.write([], "audit.log"), "--fail-on", "informational"])
        #expect(result.code == 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("1 read, 0 B"), "\(result.errors)")
        #expect(result.errors.contains("alerts    none"))
    }

    @Test(arguments: [[], ["README.md"], [".hidden.log"]])
    func `a folder without logs is an error`(names: [String]) throws {
        let folder = try TemporaryFolder()
        for name in names { _ = try folder.write(Array("text".utf8), name) }
        let result = try Program.run(["hunt", folder.path])
        #expect(result.code == 2)
        #expect(result.errors.contains("nothing to read"))
        #expect(result.errors.contains(folder.path))
    }

    @Test func `input of which nothing can be read is an error`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write([0, 1, 2, 3, 0xFF, 0xFE, 0, 0, 7] + Array(repeating: 0, count: 500), "audit.log")
        let result = try Program.run(["hunt", file])
        #expect(result.code == 2)
        #expect(result.errors.contains("nothing of the input could be read"))
        #expect(result.notes.contains("not text in any format known here"))
    }

    @Test func `folders below folders are searched and what is no log is named`() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Data(contentsOf: URL(filePath: HuntCommandTests.attack)), "host/a/audit.log")
        _ = try folder.write(Array("text".utf8), "host/README.md")
        let result = try Program.run(["hunt", folder.path, "--output", "jsonl"])
        #expect(result.lines.count == 2)
        #expect(result.errors.contains("1 read, 1 skipped"))
        #expect(result.notes.contains("host/README.md: no log"))
    }
}

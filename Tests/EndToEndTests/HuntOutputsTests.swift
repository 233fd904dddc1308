// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import TestSupport
import Testing

/// `vedette hunt` with several outputs, from outside.
@Suite struct HuntOutputsTests {
    private static let attack = HuntCommandTests.reverseShell

    @Test func `several outputs are written by one run, the table to standard output`() throws {
        let folder = try TemporaryFolder()
        let files = ["jsonl", "ocsf", "csv", "html"].flatMap { ["--output", "\($0)=\(folder.path)/out.\($0)"] }
        let result = try Program.run(["hunt", Self.attack, "-q", "--output", "table"] + files)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output == (try Program.run(["hunt", Self.attack, "-q"]).output))
        func lines(_ name: String) throws -> [Substring] {
            String(decoding: try Data(contentsOf: URL(filePath: folder.path + "/" + name)), as: UTF8.self)
                .split(whereSeparator: \.isNewline)
        }
        let alerts = try lines("out.jsonl").map { try JSONDecoder().decode(Alert.self, from: Data($0.utf8)) }
        #expect(alerts.count == 4)
        #expect(try lines("out.ocsf").count == 4)
        #expect(try lines("out.csv").count == 1 + alerts.reduce(0) { $0 + $1.events.count })
        #expect(try lines("out.html").last == "</html>")
    }

    @Test func `a pipe gets every alert, the overview only where asked for`() throws {
        let plain = try Program.run(["hunt", Self.attack, "-q"])
        #expect(plain.output.hasPrefix("CRITICAL "))
        let first = try Program.run(["hunt", Self.attack, "-q", "--overview"])
        #expect(first.output.hasPrefix("4 alerts · 1 critical, 1 high, 2 medium"), "\(first.output)")
        #expect(try Program.run(["hunt", Self.attack, "-q", "--no-overview"]).output == plain.output)
        let all = try Program.run(["hunt", Self.attack, "-q", "--overview", "--all"])
        #expect(all.output.hasSuffix("\n\n" + plain.output))
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"), "needs script(1)"),
        arguments: [[], ["NO_COLOR=1"]] as [[String]])
    func `on a terminal the overview comes first, in colour unless that is not wanted`(environment: [String]) throws {
        let folder = try TemporaryFolder()
        let command = (["env"] + environment + [try Program.path, "hunt", "-q", Self.attack])
            .map { "'\($0)'" }.joined(separator: " ")
        let result = try Program.run(
            ["-qec", "stty cols 100; " + command, folder.path + "/typescript"], program: "/usr/bin/script",
            environment: ["TERM": "xterm", "NO_COLOR": ""])
        #expect(result.code == 0, "\(result.output)\(result.errors)")
        let plain = result.output.replacing(/\u{1B}\[[0-9;]*m/, with: "")
        #expect(plain.hasPrefix("4 alerts · 1 critical, 1 high, 2 medium"), "\(plain)")
        #expect(result.output.contains("\u{1B}[") == environment.isEmpty)
    }

    @Test(
        arguments: [
            (["--output", "jsnol"], "did you mean 'jsonl'?"), (["--min-level", "hihg"], "did you mean 'high'?"),
            (["--fail-on", "critcal"], "did you mean 'critical'?"), (["--format", "audtd"], "did you mean 'auditd'?"),
            (["--ouput", "jsonl"], "Did you mean '--output'?"),
            (["--output", "csv", "--output", "jsonl"], "both write to standard output"),
            (["--output", "csv=/no/such/folder/a.csv"], "/no/such/folder/a.csv: cannot be written"),
        ] as [([String], String)])
    func `a wrong output is refused, with what was probably meant`(arguments: [String], said: String) throws {
        let result = try Program.run(["hunt", Self.attack] + arguments)
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        #expect(result.notes.contains(said), "\(result.errors)")
    }

    @Test(
        arguments: [
            [], ["hunt"], ["lint"], ["rules", "explain-plan"], ["strategy"], ["strategy", "new"],
            ["strategy", "import"],
            ["strategy", "test"], ["strategy", "coverage"],
        ] as [[String]])
    func `help fits the terminal`(command: [String]) throws {
        for width in [80, 120] {
            let result = try Program.run(command + ["--help"], environment: ["COLUMNS": String(width)])
            #expect(result.code == 0)
            let lines = result.output.split(separator: "\n")
            // Wide enough to show that paragraphs are not broken in the source.
            #expect(lines.allSatisfy { $0.count <= width }, "\(lines.filter { $0.count > width })")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies
import TestSupport
import Testing

/// `vedette lint` and the help texts from outside.
@Suite struct LintCommandTests {
    static let unknownModifier = """
        title: Broken
        id: 3f0f4ff5-4f5b-4b7d-9f3f-1f6d1f0c8a12
        logsource:
            product: linux
        detection:
            selection:
                Image|sounds-like: python
            condition: selection

        """

    @Test func `the shipped rules are clean`() throws {
        for strategy in StrategyCase.strategies {
            let result = try Program.run(["lint", "--strict", strategy.rulesPath])
            #expect(result.code == 0, "\(result.output)")
            #expect(result.output.isEmpty)
            #expect(result.errors.contains("0 refused; 0 errors, 0 warnings"))
        }
    }

    @Test func `an error is told with its place and its code`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Array(Self.unknownModifier.utf8), "broken.yml")
        let result = try Program.run(["lint", file])
        #expect(result.code == 1)
        #expect(result.lines.count == 1)
        let line = try #require(result.lines.first)
        #expect(line.hasPrefix("\(file):7"), "\(line)")
        #expect(line.contains(": error: "))
        let code = try #require(line.split(separator: "[").last?.dropLast())
        let explained = try Program.run(["lint", "--explain", String(code)])
        #expect(explained.code == 0)
        #expect(explained.output.contains("Mend: "))
        #expect(explained.errors.isEmpty)
    }

    @Test func `warnings fail only when strict`() throws {
        let folder = try TemporaryFolder()
        // A selection that the condition never asks for.
        let text = HuntCommandTests.rule.replacingOccurrences(
            of: "    condition:", with: "    unused:\n        cmd: x\n    condition:")
        let file = try folder.write(Array(text.utf8), "rule.yml")
        let lenient = try Program.run(["lint", file])
        #expect(lenient.code == 0)
        #expect(lenient.output.contains(": warning: "), "\(lenient.output)")
        #expect(try Program.run(["lint", "--strict", file]).code == 1)
    }

    @Test(
        arguments: [
            (["lint"], "name what to check"), (["lint", "/no/such/rules"], "no such file or folder"),
            (["lint", "--explain", "no-such-code"], "unknown-modifier"),
            (["lint", "--no-such-option", "x"], "--no-such"),
            (["no-such-command"], "no-such-command"),
        ])
    func `a wrong call ends with 2 and says why`(arguments: [String], part: String) throws {
        let result = try Program.run(arguments)
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains(part), "\(result.errors)")
    }

    @Test func `every kind of finding can be explained`() throws {
        for entry in SigmaDiagnosticCatalogue.all.prefix(3) {
            #expect(try Program.run(["lint", "--explain", entry.code]).output.contains(entry.mend))
        }
    }

    @Test(arguments: [["--help"], ["hunt", "--help"], ["lint", "--help"], ["help", "hunt"]])
    func `help goes to standard output and has examples`(arguments: [String]) throws {
        let result = try Program.run(arguments)
        #expect(result.code == 0)
        #expect(result.errors.isEmpty)
        #expect(result.output.contains("EXAMPLES"))
        #expect(result.output.contains("vedette "))
        #expect(result.output.contains("OPTIONS:"))
    }

    @Test func `the version is told`() throws {
        let result = try Program.run(["--version"])
        #expect(result.code == 0)
        #expect(result.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
    }
}

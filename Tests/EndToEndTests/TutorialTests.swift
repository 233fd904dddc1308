// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// The tutorials, carried out: every file written, every command run, every output compared.
@Suite struct TutorialTests {
    private static let folder = Checkout.root + "/docs/tutorial/"
    static let pages = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
        $0.hasSuffix(".md")
    }.sorted()

    @Test func `there is a tutorial`() { #expect(Self.pages.contains("first-strategy.md")) }

    @Test(arguments: pages)
    func `a tutorial does what it says`(name: String) throws {
        let page = TutorialPage(try String(contentsOfFile: Self.folder + name, encoding: .utf8))
        #expect(page.steps.count > 5)
        let outcome = try carryOut(page)
        if ProcessInfo.processInfo.environment["VEDETTE_UPDATE_GOLDEN"] == "1" {
            var lines = page.lines
            for (line, shown, output) in outcome.differences.reversed() {
                lines.replaceSubrange((line + 1)..<(line + 1 + shown.count), with: output)
            }
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: Self.folder + name))
            return
        }
        for (line, shown, output) in outcome.differences {
            Issue.record(
                "\(name):\(line + 1): \(page.lines[line])\nshows\n\(shown.joined(separator: "\n"))\nbut prints\n\(output.joined(separator: "\n"))"
            )
        }
        for problem in outcome.problems { Issue.record("\(name):\(problem)") }
    }

    private struct Outcome {
        var differences: [(line: Int, shown: [String], output: [String])] = []
        var problems: [String] = []
    }

    private func carryOut(_ page: TutorialPage) throws -> Outcome {
        let folder = try TemporaryFolder()
        let program = URL(filePath: try Program.path).deletingLastPathComponent().path(percentEncoded: false)
        let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let today = Date().formatted(.iso8601.year().month().day())
        var outcome = Outcome()
        var code: Int32 = 0
        for (index, step) in page.steps.enumerated() {
            switch step {
            case .write(let path, let content):
                _ = try folder.write(content.utf8, path)
            case .replace(let path, let heading, let content):
                let file = folder.path + "/" + path
                let document = try String(contentsOfFile: file, encoding: .utf8)
                guard let replaced = TutorialPage.replacing(heading, in: document, by: content) else {
                    outcome.problems.append("\(path) has no section `\(heading)`")
                    continue
                }
                _ = try folder.write(replaced.utf8, path)
            case .run(let command, let shown, let line):
                var output = "\(code)\n"
                if command != "echo $?" {
                    let result = try Program.run(
                        ["-c", command], program: "/bin/sh", folder: folder.path,
                        environment: ["PATH": program + ":" + search, "LC_ALL": "C"])
                    // The order in which a terminal shows them: the result, then what is said about it.
                    output = result.output + result.errors
                    code = result.code
                    if code != 0, !Self.asksForCode(page.steps.dropFirst(index + 1).first) {
                        outcome.problems.append("\(line + 1): `\(command)` ends with \(code)")
                    }
                }
                let lines = output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
                if !TutorialPage.matches(shown[...], lines[...], today: today) {
                    outcome.differences.append((line, shown, lines))
                }
            }
        }
        return outcome
    }

    /// Only a reader who is shown how a command ends expects it to fail.
    private static func asksForCode(_ step: TutorialPage.Step?) -> Bool {
        if case .run("echo $?", _, _)? = step { true } else { false }
    }

    @Test(arguments: [
        (["a", "b"], ["a", "b"], true), (["a"], ["a", "b"], false), (["a", "…"], ["a", "b", "c"], true),
        (["…", "c"], ["a", "b", "c"], true), (["…", "b"], ["a", "b", "c"], false), (["…"], [], true),
        (["x … z"], ["x y z"], true), (["x … z"], ["x y"], false), (["… y …"], ["x y z"], true),
        (["on 2001-02-03"], ["on 2026-11-21"], true), (["on 2001-02-03"], ["on 2026-11-20"], false),
        (["on 2001-02-03"], ["on 2001-02-03"], true),
    ])
    func `elisions and days stand for what they may`(shown: [String], output: [String], isMatch: Bool) {
        #expect(TutorialPage.matches(shown[...], output[...], today: "2026-11-21") == isMatch)
    }
}

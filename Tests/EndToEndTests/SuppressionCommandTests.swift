// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What `vedette lint` and `vedette strategy test` say of a suppression that would hide a recorded attack.
@Suite struct SuppressionCommandTests {
    private static let rule = "11111111-0000-4000-8000-000000000000"
    private let scene: PolicyScene

    init() throws { scene = try PolicyScene() }

    private func findings(_ arguments: String...) throws -> [[String: Any]] {
        let result = try Program.run(["lint", "--format", "json"] + arguments)
        let body = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
        let all = try #require(body["findings"] as? [[String: Any]])
        return all.filter { $0["rule"] as? String == "suppression-hides-attack" }
    }

    @Test(arguments: ["2999-12-31", "2001-01-01"])
    func `lint names the suppression, the attack and the place, whatever the date`(expires: String) throws {
        try scene.write(suppressed: "{Image|startswith: /bin/}", expires: expires)
        let found = try findings(scene.strategy)
        #expect(found.count == 1)
        let one = try #require(found.first)
        #expect(
            one["message"] as? String
                == "the suppression 'ci-runner' silences 1 finding (\(Self.rule)) of the recorded attack 'by-root'")
        #expect(one["severity"] as? String == "error")
        #expect(one["file"] as? String == scene.strategy + "/strategy.md")
        let text = try String(contentsOfFile: scene.strategy + "/strategy.md", encoding: .utf8)
        let line = try #require(one["line"] as? Int)
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false)[line - 1].contains("id: ci-runner"))
        #expect((one["mend"] as? String)?.isEmpty == false)
        #expect(try Program.run(["lint", scene.strategy]).code == 1)
    }

    @Test func `lint is content with a suppression that hides nothing`() throws {
        #expect(try findings(scene.strategy).isEmpty)
    }

    @Test func `lint says when a recording could not be held against the suppressions`() throws {
        _ = try scene.folder.write("{\"Image\": \"/bin/tool\", \n".utf8, "scene/telemetry/root.jsonl")
        let result = try Program.run(["lint", scene.strategy])
        #expect(result.output.contains("[suppression-unchecked]"), "\(result.output)")
        #expect(result.output.contains("telemetry/root.jsonl:1"))
    }

    @Test func `the finding can be explained`() throws {
        let result = try Program.run(["lint", "--explain", "suppression-hides-attack"])
        #expect(result.code == 0)
        #expect(result.output.hasPrefix("suppression-hides-attack (error)\n\n"))
        #expect(result.output.contains("\nMend: "))
    }

    @Test func `strategy test fails and names the suppression and the case`() throws {
        try scene.write(suppressed: "{User: [root, runner]}", expires: "2999-12-31")
        let junit = scene.folder.path + "/results.xml"
        let result = try Program.run(["strategy", "test", "--strategies", scene.strategy, "--junit", junit])
        #expect(result.code == 1)
        #expect(result.output.contains("scene: below proof level 2"))
        #expect(result.output.contains("  FAILED  suppression  ci-runner\n"))
        #expect(
            result.output.contains("it would hide the attack by-root: it silences 1 finding (\(Self.rule))"))
        // What is refused silences nothing, so the attack itself still fires.
        #expect(!result.output.contains("did not fire"))
        let xml = try String(contentsOfFile: junit, encoding: .utf8)
        #expect(xml.contains("<testcase name=\"ci-runner\" classname=\"scene.suppressions\""))
        #expect(xml.contains("tests=\"4\" failures=\"1\""), "\(xml)")
    }

    @Test func `strategy test passes with a suppression that hides nothing`() throws {
        let result = try Program.run(["strategy", "test", "--strategies", scene.strategy])
        #expect(result.code == 0, "\(result.output)")
        #expect(result.output.contains("scene: proof level 2"))
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Outputs
import Sigma
import TestSupport
import Testing

/// `vedette hunt` from outside: exit codes and what goes where.
@Suite struct HuntCommandTests {
    static let telemetry = Checkout.root + "/Strategies/python-execution/telemetry/"
    /// Raises two alerts of level medium.
    static let attack = telemetry + "inline-os-system.audit.log"
    /// Raises alerts up to critical.
    static let reverseShell = telemetry + "inline-reverse-shell.audit.log"
    static let benign = telemetry + "unit-tests.audit.log"

    static let rule = """
        title: Evil command
        id: 3f0f4ff5-4f5b-4b7d-9f3f-1f6d1f0c8a11
        logsource:
            product: acme
        detection:
            selection:
                cmd|contains: evil
            condition: selection
        level: high

        """

    @Test(
        arguments: [
            ([attack], 0), ([attack, "--fail-on", "medium"], 1), ([attack, "--fail-on", "high"], 0),
            ([benign, "--fail-on", "informational"], 0), ([reverseShell, "--fail-on", "critical"], 1),
            ([attack, "--fail-on", "medium", "--min-level", "high"], 0), ([benign, "--strict"], 0),
            ([], 2), (["/no/such/file"], 2), ([attack, "/no/such/file"], 2), ([attack, "--min-level", "urgent"], 2),
            ([attack, "--fail-on", "urgent"], 2), ([attack, "--output", "xml"], 2), ([attack, "--format", "csv"], 2),
            ([attack, "--log-source", "linux"], 2), ([attack, "--rules", "/no/such/rules"], 2),
            ([attack, "--strategies", "/no/such/folder"], 2), ([attack, "--strategies", telemetry], 2),
            ([attack, "--pipeline", "/no/such/pipeline.yml"], 2), ([attack, "--no-such-option"], 2),
            ([attack, "--threads", "3"], 0), ([attack, "--threads", "0"], 2), ([attack, "--threads", "many"], 2),
        ] as [([String], Int32)])
    func `the exit code tells what came of it`(arguments: [String], code: Int32) throws {
        let result = try Program.run(["hunt"] + arguments)
        #expect(result.code == code, "\(result.errors)")
        guard code == 2 else { return }
        // A wrong call says what is wrong, on standard error, in a line or a few, and never a stack.
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("Error: "), "\(result.errors)")
        #expect(!result.errors.contains("Fatal error"))
    }

    @Test func `a damaged record is counted and shown, and fatal only when strict`() throws {
        let folder = try TemporaryFolder()
        var text = [UInt8](try Data(contentsOf: URL(filePath: Self.attack)))
        text += Array("type=SYSCALL msg=audit(what\n".utf8)
        let file = try folder.write(text, "audit.log")
        let lenient = try Program.run(["hunt", file, "--output", "jsonl"])
        #expect(lenient.code == 0)
        #expect(lenient.lines.count == 2)
        #expect(lenient.errors.contains("problems  1 malformed"), "\(lenient.errors)")
        #expect(lenient.errors.contains("audit.log:"))
        let strict = try Program.run(["hunt", file, "--output", "jsonl", "--strict"])
        #expect(strict.code == 2)
        #expect(strict.output == lenient.output)
        #expect(strict.errors.contains("--strict"))
    }

    @Test func `a rule that cannot be read is refused beside others and fatal alone`() throws {
        let folder = try TemporaryFolder()
        let broken = try folder.write(Array("title: [\n".utf8), "rules/broken.yml")
        let log = try folder.write(Array("{\"cmd\":\"evil\"}\n".utf8), "events.json")
        let alone = try Program.run(["hunt", log, "--rules", broken])
        #expect(alone.code == 2)
        #expect(alone.errors.contains("broken.yml:"))
        #expect(alone.errors.contains("no rule could be loaded"))
        _ = try folder.write(Array(Self.rule.utf8), "rules/good.yml")
        let arguments = ["hunt", log, "--rules", folder.path + "/rules", "--log-source", "product=acme"]
        let beside = try Program.run(arguments)
        #expect(beside.code == 0)
        #expect(beside.output.contains("Evil command"))
        #expect(beside.notes.contains("1 refused; `vedette lint`"), "\(beside.errors)")
        #expect(try Program.run(arguments + ["--strict"]).code == 2)
        #expect(try Program.run(["hunt", log, "--rules", folder.path + "/rules/none.yml"]).code == 2)
    }

    @Test func `JSON lines are alerts and nothing else`() throws {
        let result = try Program.run(["hunt", Self.reverseShell, "--output", "jsonl"])
        let alerts = try result.lines.map { try JSONDecoder().decode(Alert.self, from: Data($0.utf8)) }
        #expect(alerts.map(\.rule.level).first == .critical)
        #expect(alerts.map(\.json.text) != [])
        #expect(alerts.count == 4)
        #expect(result.output.hasSuffix("}\n"))
        #expect(result.errors.contains("alerts "))
    }

    @Test func `OCSF is one Detection Finding a line`() throws {
        let result = try Program.run(["hunt", Self.attack, "--output", "ocsf", "-q"])
        #expect(result.lines.count == 2)
        for line in result.lines {
            let finding = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            #expect(finding["class_uid"] as? Int == 2004)
        }
    }

    @Test func `the summary is written as JSON where asked`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/summary.json"
        let result = try Program.run(["hunt", Self.attack, "-q", "--summary", file])
        #expect(result.code == 0)
        let summary = try JSONDecoder().decode(HuntSummary.self, from: Data(contentsOf: URL(filePath: file)))
        #expect(summary.inputsRead == 1)
        #expect(summary.alertsByLevel == [.medium: 2])
        #expect(summary.events > 0)
        let nowhere = try Program.run(["hunt", Self.attack, "-q", "--summary", folder.path + "/no/where.json"])
        #expect(nowhere.code == 2)
        #expect(nowhere.errors.contains("where.json"))
    }

    @Test func `quiet leaves standard error empty`() throws {
        let result = try Program.run(["hunt", Self.attack, "--quiet"])
        #expect(result.errors.isEmpty)
        #expect(result.output.contains("MEDIUM"))
        #expect(!result.output.contains("\u{1B}"), "a file is no terminal: no colours")
    }

    @Test func `levels below the lowest shown stay out`() throws {
        func levels(_ lowest: String) throws -> [String] {
            try Program.run(["hunt", Self.reverseShell, "-q", "--output", "jsonl", "--min-level", lowest]).lines
                .map { try JSONDecoder().decode(Alert.self, from: Data($0.utf8)).rule.level.rawValue }
        }
        #expect(try levels("informational") == ["critical", "high", "medium", "medium"])
        #expect(try levels("high") == ["critical", "high"])
        #expect(try levels("critical") == ["critical"])
    }

    @Test func `a named format is taken at its word`() throws {
        let forced = try Program.run(["hunt", Self.attack, "--format", "json-lines"])
        #expect(forced.output.isEmpty)
        #expect(forced.errors.contains("malformed"))
        let named = try Program.run(["hunt", Self.attack, "--format", "auditd", "--output", "jsonl", "-q"])
        #expect(named.output == (try Program.run(["hunt", Self.attack, "--output", "jsonl", "-q"]).output))
    }

    @Test func `a named log source decides which rules look`() throws {
        let folder = try TemporaryFolder()
        let rules = try folder.write(Array(Self.rule.utf8), "rule.yml")
        let log = try folder.write(Array("{\"cmd\":\"evil\"}\n".utf8), "events.json")
        let unnamed = try Program.run(["hunt", log, "--rules", rules])
        #expect(unnamed.output.isEmpty)
        #expect(unnamed.notes.contains("did not arrive: acme/-/- (1)"), "\(unnamed.errors)")
        let named = try Program.run(["hunt", log, "--rules", rules, "--log-source", "product=acme"])
        #expect(named.output.contains("selection: cmd contains evil"))
        let other = try Program.run(["hunt", log, "--rules", rules, "--log-source", "product=acme,service=web"])
        #expect(other.output.contains("Evil command"))
    }

    @Test func `fields that never arrive are named with their rule`() throws {
        let folder = try TemporaryFolder()
        let rules = try folder.write(Array(Self.rule.utf8), "rule.yml")
        let log = try folder.write(Array("{\"command\":\"evil\"}\n".utf8), "events.json")
        let result = try Program.run(["hunt", log, "--rules", rules, "--log-source", "product=acme"])
        #expect(result.errors.contains("1 rule needs fields that no event had:"), "\(result.errors)")
        #expect(result.errors.contains("Evil command: cmd"))
    }
}

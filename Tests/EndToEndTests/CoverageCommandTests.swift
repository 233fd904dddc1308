// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `vedette strategy coverage` from outside, on a strategy small enough to know by heart.
@Suite struct CoverageCommandTests {
    private let folder: TemporaryFolder
    private let today = Date().formatted(.iso8601.year().month().day())

    init() throws {
        folder = try TemporaryFolder()
        _ = try Program.run(["strategy", "new", "odd"], folder: folder.path)
        let path = folder.path + "/odd/strategy.md"
        let document = try String(contentsOfFile: path, encoding: .utf8)
        // The comments are where the author writes.
        let written = document.replacing(
            "<!-- Links to what the strategy was written from. -->", with: "- <https://attack.mitre.org/>"
        ).replacing(/<!--[^>]*-->/, with: "If `User` is *alice*, ask her; otherwise contain the host.")
        _ = try folder.write(written.utf8, "odd/strategy.md")
    }

    private func coverage(_ arguments: String...) throws -> Program.Result {
        try Program.run(["strategy", "coverage", "--strategies", "odd"] + arguments, folder: folder.path)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func `the table shows what is proved and since when`() throws {
        let result = try coverage("--at-least", "2")
        #expect(result.code == 0, "\(result.output)")
        #expect(result.errors.isEmpty)
        #expect(
            result.lines.first
                == "odd: proof level 2, fires and stays silent as its recorded telemetry says, \(today); 1 rule for 1 technique of ATT&CK 18.1"
        )
        let row = try #require(result.lines.first { $0.hasPrefix("T1105 ") })
        #expect(row.split(separator: " ").suffix(3) == ["2", today[...], "1"])
    }

    @Test func `less than what is asked for ends with 1, and what stands in the way is told`() throws {
        let three = try coverage("--at-least", "3")
        #expect(three.code == 1)
        #expect(three.notes == "odd: proof level 2, 3 is asked for")
        _ = try folder.write("cases: []\n".utf8, "odd/telemetry/cases.yml")
        let none = try coverage("--at-least", "1")
        #expect(none.code == 1)
        #expect(none.output.contains("not higher: "))
    }

    @Test func `the layer is for Navigator 4.5`() throws {
        let result = try coverage("--output", "navigator", "--to", "layer.json")
        #expect(result.code == 0)
        #expect(result.output.isEmpty)
        let layer = try object(try String(contentsOfFile: folder.path + "/layer.json", encoding: .utf8))
        let versions = try #require(layer["versions"] as? [String: String])
        #expect(versions["layer"] == "4.5")
        #expect(versions["attack"] == "18")
        #expect(layer["domain"] as? String == "enterprise-attack")
        #expect(layer["name"] is String)
        let gradient = try #require(layer["gradient"] as? [String: Any])
        #expect(gradient["colors"] is [String])
        #expect(gradient["minValue"] as? Int == 0 && gradient["maxValue"] as? Int == 5)
        let techniques = try #require(layer["techniques"] as? [[String: Any]])
        #expect(techniques.map { $0["techniqueID"] as? String } == ["T1105"])
        #expect(techniques.first?["score"] as? Int == 2)
        #expect((techniques.first?["comment"] as? String)?.contains(today) ?? false)
    }

    @Test func `the JSON says it for machines`() throws {
        let coverage = try object(try coverage("--output", "json").output)
        #expect(coverage["attack"] as? String == "18.1")
        let strategy = try #require((coverage["strategies"] as? [[String: Any]])?.first)
        let proof = try #require(strategy["proof"] as? [String: Any])
        #expect(strategy["id"] as? String == "odd")
        #expect(proof["level"] as? Int == 2)
        #expect((proof["date"] as? String)?.hasPrefix(today) ?? false)
    }

    @Test func `the catalogue is one page that loads nothing`() throws {
        #expect(try coverage("--output", "html", "--to", "page.html").code == 0)
        let page = try String(contentsOfFile: folder.path + "/page.html", encoding: .utf8)
        #expect(page.hasPrefix("<!DOCTYPE html>"))
        for part in ["T1105", "download-to-memory", "Download into shared memory by curl", today] {
            #expect(page.contains(part), "\(part)")
        }
        for part in ["<link ", " src=", "@import", "url("] { #expect(!page.contains(part), "\(part)") }
    }

    @Test(arguments: [
        (["--at-least", "6"], "0 to 5"), (["--output", "pdf"], "pdf"),
        (["--to", "/no/such/folder/x"], "cannot be written"),
        (["--strategies", "/no/such/folder"], "no such folder"),
    ])
    func `a wrong call ends with 2 and says why`(arguments: [String], part: String) throws {
        let result = try Program.run(
            ["strategy", "coverage", "--strategies", "odd"] + arguments, folder: folder.path)
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        #expect(result.notes.contains(part), "\(result.notes)")
    }
}

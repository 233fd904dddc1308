// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import TestSupport
import Testing

@testable import Strategies

/// Runs python3's jsonschema over blocks given as JSON.
private enum SchemaChecker {
    static let isPresent = run(["-c", "import jsonschema"], input: "")?.status == 0

    static func errors(_ block: String) -> Int? {
        let program = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft202012Validator.check_schema(schema)
            print(len(list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)))))
            """
        let schema = Checkout.root + "/docs/reference/strategy-blocks.schema.json"
        guard let (status, output) = run(["-c", program, schema], input: block), status == 0 else { return nil }
        return Int(output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private static func run(_ arguments: [String], input: String) -> (status: Int32, output: String)? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        stdin.fileHandleForWriting.write(Data(input.utf8))
        try? stdin.fileHandleForWriting.close()
        let output = stdout.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

@Suite(.enabled(if: SchemaChecker.isPresent, "python3 with jsonschema is not here"))
struct SchemaTests {
    /// A block as JSON.
    private static func json(_ yaml: String) throws -> String {
        try #require(LocatedYAML.root(of: yaml, file: "block").result).json
    }

    private static let shipped: [String] = {
        let root = Checkout.root + "/Strategies"
        return ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted().map { root + "/" + $0 }
    }()

    @Test(arguments: shipped)
    func `the blocks of the shipped strategies keep to the schema`(path: String) throws {
        let strategy = try #require(try Strategy(path: path))
        #expect(strategy.document.diagnostics.isEmpty, "\(strategy.document.diagnostics)")
        for block in strategy.document.sections.flatMap(\.code) where block.isVedette {
            #expect(SchemaChecker.errors(try Self.json(block.text)) == 0, "\(block.location)")
        }
    }

    @Test func `the blocks of the reference page keep to the schema and are understood`() throws {
        let page = try String(contentsOfFile: Checkout.root + "/docs/reference/strategy.md", encoding: .utf8)
        let blocks = page.split(separator: "```yaml\n").dropFirst().compactMap { $0.split(separator: "```").first }
            .map(String.init).filter { !$0.hasPrefix("cases:") }
        #expect(blocks.count == BlockReader.homes.count)
        for block in blocks {
            #expect(SchemaChecker.errors(try Self.json(block)) == 0, "\(block)")
            var reader = BlockReader(file: "strategy.md")
            reader.read(
                CodeBlock(info: "yaml vedette", text: block, location: SourceLocation(file: "strategy.md", line: 1)),
                in: Section(
                    kind: BlockReader.homes.first { block.hasPrefix($0.key) }?.section, heading: "", level: 2,
                    location: SourceLocation(file: "strategy.md"), body: 0..<0, prose: ""))
            reader.finish()
            #expect(reader.diagnostics.isEmpty, "\(reader.diagnostics)")
        }
    }

    @Test(arguments: [
        "data: [{id: a}]", "data: {}", "surprise: 1", "{}", "categorization: {attack: 18.1, techniques: [X1]}",
        "categorization: {attack: 18.1, techniques: [T1059], analytics: {AN0001: {A: {values: [a], learned: b}}}}",
        "assumptions: [{id: a, statement: b, probe: {kind: guess, run: c}}]",
        "blind_spots: [{id: a, statement: b, x: c}]",
        "suppressions: [{id: a, characteristic: b, match: {}}]",
        "suppressions: [{id: a, characteristic: b, match: {s: {A: b}}, expires: soon}]",
        "priority: {default: urgent}", "priority: {criteria: [{level: high, because: a}]}",
        "validation: [{id: a, what: b, kind: maybe}]", "playbook: [{id: a, do: b, decide: [{if: c}]}]",
    ])
    func `what the reader refuses the schema refuses too`(block: String) throws {
        #expect(try #require(SchemaChecker.errors(try Self.json(block))) > 0)
        var reader = BlockReader(file: "b")
        let home = BlockReader.homes.first { block.hasPrefix($0.key) }?.section
        reader.read(try #require(LocatedYAML.root(of: block, file: "b").result), in: home)
        #expect(block == "{}" || block.contains("X1") || !reader.diagnostics.isEmpty)
    }
}

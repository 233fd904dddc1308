// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Testing

/// Finding and reading files.
struct RuleFilesTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sigma-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func write(_ text: String, _ path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    private func titled(_ title: String) -> String {
        rule(item: "f: 1").replacing("title: Test", with: "title: \(title)")
    }

    @Test func `folders are read in a stable order, and only rule files`() throws {
        try withFolder { folder in
            for name in ["b.yml", "a/z.yaml", "a/b/c.yml", "B.yml", "notes.txt", ".hidden.yml", "a.yml"] {
                try write(titled(name), folder + "/" + name)
            }
            let set = RuleLoader().load(paths: [folder])
            #expect(set.rules.map(\.metadata.title) == ["B.yml", "a/b/c.yml", "a/z.yaml", "a.yml", "b.yml"])
            #expect(set.rules.first?.metadata.location.file == folder + "/B.yml")
            #expect(RuleLoader().load(paths: [folder + "/notes.txt"]).rules.count == 1)
            #expect(
                RuleLoader().load(paths: [folder + "/a", folder]).rules.count == 5, "files named twice are read once")
        }
    }

    @Test func `loops of links end`() throws {
        try withFolder { folder in
            try write(titled("only"), folder + "/a/rule.yml")
            try FileManager.default.createSymbolicLink(atPath: folder + "/a/loop", withDestinationPath: folder)
            let set = RuleLoader().load(paths: [folder])
            #expect(set.rules.count == 1)
        }
    }

    @Test func `what cannot be read is reported`() throws {
        try withFolder { folder in
            try Data([0x74, 0x3A, 0x20, 0x61, 0x0A, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: folder + "/bad.yml"))
            try Data(repeating: 0x23, count: 9 << 20).write(to: URL(fileURLWithPath: folder + "/large.yml"))
            let set = RuleLoader().load(paths: [folder, folder + "/absent"])
            #expect(errors(set) == ["unreadable-file", "invalid-utf8", "file-too-large"])
            #expect(set.refused == 3)
            #expect(set.diagnostics[1].location == SourceLocation(file: folder + "/bad.yml", line: 2))
        }
    }

    @Test func `references reach across files`() throws {
        try withFolder { folder in
            try write(titled("x").replacing("id: 1", with: "name: member\nid: 1"), folder + "/z.yml")
            try write(
                "title: C\ncorrelation: {type: event_count, rules: member, group-by: h, timespan: 1m, condition: {gte: 2}}",
                folder + "/a.yml")
            let set = RuleLoader().load(paths: [folder])
            #expect(set.correlations.first?.members == [.rule(0)])
        }
    }
}

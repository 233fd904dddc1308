// SPDX-License-Identifier: Apache-2.0
import Foundation
import Readers
import Testing

@Suite struct InputsTests {
    @Test func `folders are searched in order and what is no log is listed`() throws {
        let root = FileManager.default.temporaryDirectory.path + "/vedette-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: root) }
        for folder in ["a/deep", "b"] {
            try FileManager.default.createDirectory(atPath: root + "/" + folder, withIntermediateDirectories: true)
        }
        for file in [
            "z.log", "a/2.json", "a/1.json.gz", "a/deep/x", "b/README.md", "b/picture.png", "LICENSE", ".hidden",
        ] {
            _ = FileManager.default.createFile(atPath: root + "/" + file, contents: Data())
        }
        try FileManager.default.createSymbolicLink(atPath: root + "/b/loop", withDestinationPath: root)
        try FileManager.default.createSymbolicLink(atPath: root + "/b/link", withDestinationPath: root + "/z.log")
        let inputs = Inputs([root, "-", root + "/b/README.md", root + "/missing"])
        #expect(
            inputs.files == ["a/1.json.gz", "a/2.json", "a/deep/x", "b/link", "z.log"].map { root + "/" + $0 } + [
                "-", root + "/b/README.md",
            ])
        #expect(inputs.skipped == [".hidden", "LICENSE", "b/README.md", "b/picture.png"].map { root + "/" + $0 })
        #expect(inputs.report.problems == [.unreadable: 2])
        #expect(Set(inputs.report.samples.map(\.path)) == [root + "/b/loop", root + "/missing"])
    }

    @Test func `devices are no inputs`() {
        let inputs = Inputs(["/dev/null"])
        #expect(inputs.files.isEmpty)
        #expect(inputs.report.problems == [.unreadable: 1])
    }
}

// SPDX-License-Identifier: Apache-2.0
import Readers
import TestSupport
import Testing

@Suite struct InputsTests {
    @Test func `folders are searched in order and what is no log is listed`() throws {
        let folder = try TemporaryFolder()
        let elsewhere = try TemporaryFolder()
        let root = folder.path
        for file in [
            "z.log", "a/2.json", "a/1.json.gz", "a/deep/x", "b/README.md", "b/picture.png", "LICENSE", ".hidden",
        ] {
            try folder.write([], file)
        }
        try folder.link("b/loop", to: root)
        try folder.link("b/link", to: elsewhere.write([], "log"))
        let inputs = Inputs([root, "-", root + "/b/README.md", root + "/missing"])
        #expect(
            inputs.files == ["a/1.json.gz", "a/2.json", "a/deep/x", "b/link", "z.log"].map { root + "/" + $0 } + [
                "-", root + "/b/README.md",
            ])
        #expect(inputs.skipped == [".hidden", "LICENSE", "b/README.md", "b/picture.png"].map { root + "/" + $0 })
        #expect(inputs.report.problems == [.unreadable: 2])
        #expect(Set(inputs.report.samples.map(\.path)) == [root + "/b/loop", root + "/missing"])
    }

    @Test func `a file is read once, by whatever name it is reached`() throws {
        let folder = try TemporaryFolder()
        let root = folder.path
        for file in ["a", "b", "sub/c"] { try folder.write([1], file) }
        try folder.link("sub/d", to: root + "/a")
        let cases: [([String], [String])] = [
            (["a", "a"], ["a"]), (["a", "./a", "sub/../a"], ["a"]), (["sub", "a"], ["sub/c", "sub/d"]),
            (["b", ""], ["b", "a", "sub/c"]), (["", "", "sub"], ["a", "b", "sub/c"]), (["a", "b"], ["a", "b"]),
        ]
        for (paths, expected) in cases {
            let inputs = Inputs(paths.map { $0.isEmpty ? root : root + "/" + $0 })
            #expect(inputs.files == expected.map { root + "/" + $0 }, "\(paths)")
            #expect(inputs.size == UInt64(expected.count) && inputs.report.problems.isEmpty)
        }
        #expect(Inputs(["-", "-"]).files == ["-"])
    }

    @Test func `devices are no inputs`() {
        let inputs = Inputs(["/dev/null"])
        #expect(inputs.files.isEmpty)
        #expect(inputs.report.problems == [.unreadable: 1])
    }
}

// SPDX-License-Identifier: Apache-2.0
import Files
import Foundation
import TestSupport
import Testing

@Suite struct FolderWalkerTests {
    private static func walk(_ paths: [String], _ links: FolderWalker.Links, deepest: Int = 8) -> [String] {
        var walker = FolderWalker(links: links, deepest: deepest)
        var found: [String] = []
        for path in paths {
            walker.walk(path) { finding in
                switch finding {
                case .folder: return true
                case .file(let entry): found.append(entry.path)
                case .hidden(let path): found.append("hidden " + path)
                case .trouble(let path, let trouble): found.append("\(Self.word(trouble)) \(path)")
                }
                return false
            }
        }
        return found
    }

    private static func word(_ trouble: FolderWalker.Trouble) -> String {
        switch trouble {
        case .missing: "missing"
        case .unreadable: "unreadable"
        case .tooDeep: "deep"
        case .link: "link"
        }
    }

    @Test func `files come in the order of their names, folders in their place`() throws {
        let folder = try TemporaryFolder()
        for name in ["b", "a/z", "a/b/c", "B", ".x", "a.d"] { try folder.write([], name) }
        #expect(
            Self.walk([folder.path], .all)
                == ["hidden .x", "B", "a/b/c", "a/z", "a.d", "b"].map { name in
                    let parts = name.split(separator: " ")
                    return parts.count == 2 ? "hidden \(folder.path)/\(parts[1])" : folder.path + "/" + name
                })
        #expect(Self.walk([folder.path + "/b"], .all) == [folder.path + "/b"])
    }

    @Test func `a folder is walked once, and loops of links end`() throws {
        let folder = try TemporaryFolder()
        try folder.write([], "a/file")
        try folder.link("a/loop", to: folder.path)
        try folder.link("a/nowhere", to: folder.path + "/absent")
        let inner = folder.path + "/a"
        #expect(
            Self.walk([folder.path, inner, folder.path + "/"], .all) == [inner + "/file", "missing \(inner)/nowhere"])
        #expect(
            Self.walk([folder.path], .toFiles)
                == [inner + "/file", "link \(inner)/loop", "link \(inner)/nowhere"])
        #expect(Self.walk([folder.path + "/absent"], .all) == ["missing \(folder.path)/absent"])
    }

    @Test(arguments: [0, 1, 2]) func `no folder below the bound is entered`(deepest: Int) throws {
        let folder = try TemporaryFolder()
        for name in ["0", "x/1", "x/y/2", "x/y/z/3"] { try folder.write([], name) }
        let files = ["0", "x/1", "x/y/2"].prefix(deepest + 1).map { "\(folder.path)/\($0)" }
        let next = ["x", "x/y", "x/y/z"][deepest]
        #expect(Self.walk([folder.path], .all, deepest: deepest) == files + ["deep \(folder.path)/\(next)"])
    }

    @Test func `a file is the same under every name, and another with the same content is not`() throws {
        let folder = try TemporaryFolder()
        try folder.write([1, 2], "a")
        try folder.write([1, 2], "b")
        try folder.link("c", to: folder.path + "/a")
        let status = try #require(FileStatus(folder.path + "/a"))
        #expect(status.kind == .file && status.size == 2)
        #expect(FileStatus(folder.path + "/c")?.identity == status.identity)
        #expect(FileStatus(folder.path + "/./a")?.identity == status.identity)
        #expect(FileStatus(folder.path + "/b")?.identity != status.identity)
        #expect(FileStatus(folder.path)?.kind == .folder && FileStatus("/dev/null")?.kind == .other)
        #expect(FileStatus(folder.path + "/absent") == nil)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma

/// Rules and a cache in folders of their own.
final class CacheScene: Sendable {
    private let root: String
    let cache: RuleCache

    var rules: String { root + "/rules" }
    var folder: String { root + "/cache/vedette" }
    var keyFolder: String { root + "/state/vedette" }
    var key: String { keyFolder + "/cache-key" }

    /// The only pack there is.
    var pack: String {
        get throws {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".pack") }
            guard names.count == 1 else { throw CocoaError(.fileNoSuchFile) }
            return folder + "/" + names[0]
        }
    }

    /// Writes so many rules; nil keeps the cache's own idea of a small set.
    init(rules count: Int, minimumFiles: Int? = 1) throws {
        root =
            FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "vedette-cache-\(UUID().uuidString)").path
        let folders = (root + "/cache/vedette", root + "/state/vedette")
        cache =
            minimumFiles.map { RuleCache(folder: folders.0, keyFolder: folders.1, minimumFiles: $0) }
            ?? RuleCache(folder: folders.0, keyFolder: folders.1)
        try FileManager.default.createDirectory(atPath: root + "/rules", withIntermediateDirectories: true)
        for number in 0..<count { try write(text(number), "rules/rule-\(number).yml") }
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func text(_ number: Int) -> String {
        rule(item: "f|contains: 'value \(number)'").replacing("title: Test", with: "title: Rule \(number)")
    }

    func load() -> RuleSet { RuleLoader(cache: cache).load(paths: [rules]) }

    func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: root + "/" + name))
    }

    /// Puts a file into the cache's folder.
    func plant(_ name: String, changed: Date) throws {
        let path = folder + "/" + name
        try Data([1]).write(to: URL(filePath: path))
        try FileManager.default.setAttributes(
            [.modificationDate: changed, .posixPermissions: 0o600], ofItemAtPath: path)
    }

    /// Changes the pack's bytes in place.
    func change(_ body: (inout [UInt8]) -> Void) throws {
        let path = try pack
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        body(&bytes)
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: 0)
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    /// Replaces the key.
    func change(key bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: key))
        try permit(0o600, key)
    }

    func permit(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    /// Moves a file or folder away and puts a link to it in its place.
    func link(_ path: String) throws {
        try FileManager.default.moveItem(atPath: path, toPath: path + "-moved")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path + "-moved")
    }

    /// Documents of every form, among them refused ones and some with findings.
    static let forms = [
        rule(item: "f|re|i: '(a|b)+'", modifiers: "custom: {a: [1, two]}\nauthor: me\nreferences: [x, y]\ndate: never"),
        rule(item: "f: [1, -2, 2.5, true, 'text', '']"),
        rule(item: "f: null"),
        rule(item: "f|exists: true\n  g|all|contains: [a, b]\n  h|windash|contains: ' -x'"),
        "title: K\nid: k\nlogsource: {product: linux, custom: x, definition: d}\n"
            + "detection:\n  a: [one, two]\n  b:\n    - x: 1\n    - y: 2\n  c:\n    z: 3\n"
            + "  condition:\n    - not a or (b and c)\n    - 1 of a*\n    - all of them\n    - 2 of them\n",
        "title: M\nname: member\nlogsource: {category: test}\ndetection: {s: {f: 1}, condition: s}\n",
        "title: C\nname: c\ncorrelation: {type: value_percentile, rules: member, group-by: [h], timespan: 1m, "
            + "condition: {gte: 2, lt: 9, field: v, percentile: 90}}\n",
        "title: T\ncorrelation: {type: temporal, rules: [member, c], aliases: {u: {member: a, c: b}}, group-by: [u], "
            + "timespan: 2h, generate: true}\n",
        "title: F\nlogsource: {category: test}\nfilter: {rules: [member], sel: {g: 1}, condition: not sel}\n",
        "title: broken\ndetection: [\n", "title: X\nlogsource: {}\ndetection: {s: {f|nonsense: 1}, condition: s}\n",
        "just: a map\n", "",
    ]
}

/// Whether two sets hold the same rules and findings.
func isSame(_ a: RuleSet, _ b: RuleSet) -> Bool {
    a.rules == b.rules && a.correlations == b.correlations && a.diagnostics == b.diagnostics && a.refused == b.refused
        && a.silentRules == b.silentRules
}

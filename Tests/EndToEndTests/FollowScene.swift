// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// A log that grows while a hunt follows it, with rules that make alerts of every kind from it.
struct FollowScene {
    let folder: TemporaryFolder
    let rules: String
    private var serial = 1000
    private var random: SeededGenerator
    /// Everything written so far, whatever became of the files.
    private(set) var whole: [UInt8] = []
    /// The log that is written to.
    var log: String { folder.path + "/logs/audit.log" }

    init(seed: UInt64) throws {
        folder = try TemporaryFolder()
        random = SeededGenerator(seed: seed)
        rules = try folder.write(Array(Self.rules.utf8), "rules/rules.yml")
        try FileManager.default.createDirectory(atPath: folder.path + "/logs", withIntermediateDirectories: true)
        _ = try folder.write([], "logs/audit.log")
    }

    /// The records of one execution, dated now; without PROCTITLE nothing marks its end.
    mutating func execution(_ command: String, user: Int, isMarked: Bool = true) -> [UInt8] {
        serial += 1
        let now = Date().timeIntervalSince1970
        let stamp = String(format: "audit(%.3f:%d)", now, serial)
        var text = """
            type=SYSCALL msg=\(stamp): arch=c000003e syscall=59 success=yes exit=0 a0=5581 a1=5582 a2=5583 a3=0 items=2 \
            ppid=1 pid=\(serial) auid=\(user) uid=\(user) gid=\(user) euid=\(user) suid=\(user) fsuid=\(user) \
            egid=\(user) sgid=\(user) fsgid=\(user) tty=pts0 ses=1 comm="sh" exe="/usr/bin/dash" key="exec"
            type=EXECVE msg=\(stamp): argc=3 a0="sh" a1="-c" a2="\(command)"

            """
        if isMarked { text += "type=PROCTITLE msg=\(stamp): proctitle=\"sh\"\n" }
        return Array(text.utf8)
    }

    /// Some executions, at random.
    mutating func some(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<count {
            let command =
                ["evil \(Int.random(in: 0..<4, using: &random))", "probe", "true", "probe x"]
                .randomElement(using: &random) ?? ""
            bytes += execution(command, user: Int.random(in: 1000..<1030, using: &random))
        }
        return bytes
    }

    /// Adds bytes to the log.
    mutating func write(_ bytes: [UInt8]) throws {
        whole += bytes
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        let handle = try requireHandle(FileHandle(forWritingAtPath: log))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data(bytes))
        try handle.close()
    }

    /// Rotates by renaming: the log is another file from now on.
    func rename() throws {
        try shift()
        try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
    }

    /// Makes room for another rotated file; none is removed, for what nobody read must not be lost by the test.
    private func shift() throws {
        func name(_ number: Int) -> String { "\(log).\(number)" }
        var count = 0
        while FileManager.default.fileExists(atPath: name(count + 1)) { count += 1 }
        for number in stride(from: count, to: 0, by: -1) {
            try FileManager.default.moveItem(atPath: name(number), toPath: name(number + 1))
        }
    }

    /// Rotates by copying and truncating: the log stays the same file.
    func copyAndTruncate() throws {
        try shift()
        try FileManager.default.copyItem(atPath: log, toPath: log + ".1")
        let handle = try requireHandle(FileHandle(forWritingAtPath: log))
        try handle.truncate(atOffset: 0)
        try handle.close()
    }

    /// What one hunt over everything gives: the last state of each alert, by id.
    func expected() throws -> [String: FollowedAlert] {
        let file = try folder.write(whole, "whole.log")
        let result = try Program.run(["hunt", "--rules", rules, "--output", "jsonl", file])
        return FollowedAlert.last(of: try FollowedAlert.changes(in: result.output))
    }

    private static let rules = """
        title: Evil command
        name: evil_command
        id: 7d9e6f0a-55a1-4f5a-9a4c-1f5ad4a5c001
        logsource: {product: linux, category: process_creation}
        detection: {selection: {CommandLine|contains: evil}, condition: selection}
        level: high
        ---
        title: Evil
        name: evil
        id: 7d9e6f0a-55a1-4f5a-9a4c-1f5ad4a5c005
        logsource: {product: linux, category: process_creation}
        detection: {selection: {CommandLine|contains: evil}, condition: selection}
        level: high
        ---
        title: Probe
        name: probe
        id: 7d9e6f0a-55a1-4f5a-9a4c-1f5ad4a5c002
        logsource: {product: linux, category: process_creation}
        detection: {selection: {CommandLine|contains: probe}, condition: selection}
        level: low
        ---
        title: Many probes
        name: many_probes
        id: 7d9e6f0a-55a1-4f5a-9a4c-1f5ad4a5c003
        correlation:
            type: event_count
            rules: [probe]
            group-by: [User]
            timespan: 10m
            condition: {gte: 4}
        level: medium
        ---
        title: Probe, then evil
        name: probe_then_evil
        id: 7d9e6f0a-55a1-4f5a-9a4c-1f5ad4a5c004
        correlation:
            type: temporal_ordered
            rules: [probe, evil]
            group-by: [User]
            timespan: 10m
        level: critical
        """
}

/// A handle that must be there.
private func requireHandle(_ handle: FileHandle?) throws -> FileHandle {
    guard let handle else { throw CocoaError(.fileNoSuchFile) }
    return handle
}

/// What is compared of a change.
struct FollowedAlert: Equatable, CustomStringConvertible {
    var id: String
    var rule: String
    var kind: String
    var number: Int
    var count: Int
    var firstSeen: String
    var lastSeen: String
    /// The whole line.
    var text: String

    var description: String { "\(rule) \(id) #\(number) \(kind) \(count)× \(firstSeen)–\(lastSeen)" }

    /// What must be the same in every run over the same events.
    var essence: String { "\(rule) \(id) \(count) \(firstSeen) \(lastSeen)" }

    /// The changes of JSON lines; a last line without end is left out.
    static func changes(in output: String) throws -> [FollowedAlert] {
        let whole = output.hasSuffix("\n") ? output[...] : output[..<(output.lastIndex(of: "\n") ?? output.startIndex)]
        return try whole.split(separator: "\n").map { line in
            guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let change = object["change"] as? [String: Any], let rule = object["rule"] as? [String: Any]
            else { throw CocoaError(.coderInvalidValue) }
            return FollowedAlert(
                id: object["id"] as? String ?? "", rule: rule["name"] as? String ?? "",
                kind: change["kind"] as? String ?? "", number: change["number"] as? Int ?? 0,
                count: object["count"] as? Int ?? 0, firstSeen: object["first_seen"] as? String ?? "",
                lastSeen: object["last_seen"] as? String ?? "", text: String(line))
        }
    }

    /// The change with the highest number of each alert.
    static func last(of changes: [FollowedAlert]) -> [String: FollowedAlert] {
        changes.reduce(into: [:]) { last, one in
            if last[one.id].map({ $0.number <= one.number }) ?? true { last[one.id] = one }
        }
    }
}

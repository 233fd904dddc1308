// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import TestSupport
import Testing

@Suite struct AuditEventTests {
    static let stamp = "msg=audit(1700000000.123:77):"

    /// A system call's record with the usual fields.
    static func syscall(
        _ number: Int, arch: String = "c000003e", success: String = "yes", exit: String = "0", a0: String = "ffffff9c",
        more: String = ""
    ) -> String {
        "type=SYSCALL \(stamp) arch=\(arch) syscall=\(number) success=\(success) exit=\(exit) a0=\(a0) a1=7f00 a2=241 a3=0 "
            + "items=2 ppid=100 pid=101 auid=1000 uid=1001 gid=1001 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts0 "
            + "ses=7 comm=\"prog\" exe=\"/usr/bin/prog\" key=\"k\"\(more)"
    }

    static func text(_ lines: String...) -> String { lines.joined(separator: "\n") + "\n" }

    @Test func `an execve gives its records and one process creation`() throws {
        let log = Self.text(
            Self.syscall(59),
            "type=EXECVE \(Self.stamp) argc=3 a0=\"python3\" a1=\"-c\" a2=7072696E74282268692229",
            "type=CWD \(Self.stamp) cwd=\"/home/m\"",
            "type=PATH \(Self.stamp) item=0 name=\"/usr/bin/python3\" nametype=NORMAL",
            "type=PROCTITLE \(Self.stamp) proctitle=707974686F6E33002D6300")
        let seen = try read(log)
        #expect(seen.format == .auditd)
        #expect(seen.report.records == 5)
        #expect(seen.report.problems.isEmpty)
        #expect(seen.events("linux/-/auditd").map { $0["type"] } == ["SYSCALL", "EXECVE", "CWD", "PATH", "PROCTITLE"])
        let process = try #require(seen.derived.first)
        #expect(seen.derived.count == 1)
        #expect(process.source == "linux/process_creation/-")
        #expect(process.time == 1_700_000_000_123_000_000)
        #expect(process.position == 1)
        let expected = [
            "Image": "/usr/bin/prog", "CommandLine": "python3 -c print(\"hi\")", "CurrentDirectory": "/home/m",
            "User": "1001", "ProcessId": "101", "ParentProcessId": "100", "LogonId": "7", "process.tty": "pts0",
            "auid": "1000", "euid": "0", "comm": "prog", "key": "k", "success": "yes",
        ]
        for (name, value) in expected { #expect(process[name] == value, "\(name)") }
        #expect(process["host.name"] == nil)
        #expect(process.record + "\n" == log)
        #expect(seen.events[0]["SYSCALL"] == "execve")
        #expect(seen.events[0].record + "\n" == log.split(separator: "\n")[0] + "\n")
        #expect(seen.events[4]["proctitle"] == "python3 -c")
    }

    @Test(
        arguments: [
            ("c000003e", 59, "execve"), ("c000003e", 322, "execveat"), ("c000003e", 0x4000_0000 + 520, "execve"),
            ("40000003", 11, "execve"), ("c00000b7", 221, "execve"), ("c00000b7", 281, "execveat"),
            ("c000003e", 435, "clone3"), ("c000003e", 9999, nil), ("40000028", 11, nil),
        ] as [(String, Int, String?)])
    func `the number of a system call gives its name`(arch: String, number: Int, name: String?) throws {
        let seen = try read(Self.syscall(number, arch: arch))
        #expect(seen.events.first?["SYSCALL"] == name)
        #expect(seen.derived.count == (name?.hasPrefix("execve") == true ? 1 : 0))
    }

    @Test func `a failed execve starts no process`() throws {
        let seen = try read(Self.text(Self.syscall(59, success: "no", exit: "-2"), "type=EOE \(Self.stamp)"))
        #expect(seen.derived.isEmpty)
        #expect(seen.events.count == 2)
    }

    @Test func `enriched records keep both forms and give the user's name`() throws {
        let seen = try read(
            "node=web-1 " + Self.syscall(59, more: "\u{1D}ARCH=x86_64 SYSCALL=execve AUID=\"mal\" UID=\"mallory\"")
                + "\n")
        #expect(seen.events[0]["UID"] == "mallory")
        #expect(seen.events[0]["key"] == "k")
        #expect(seen.events[0].values("SYSCALL") == ["execve"])
        #expect(seen.events[0]["node"] == "web-1")
        let process = try #require(seen.derived.first)
        #expect(process["User"] == "mallory")
        #expect(process["host.name"] == "web-1")
    }

    @Test func `split and continued arguments are joined`() throws {
        let seen = try read(
            Self.text(
                Self.syscall(59),
                "type=EXECVE \(Self.stamp) argc=4 a0=\"sh\" a1=\"-c\" a2_len=12 a2[0]=6563 a2[1]=686F20",
                "type=EXECVE \(Self.stamp) a2[2]=\"hello\" a3=\"end\"",
                "type=PROCTITLE \(Self.stamp) proctitle=\"sh\""))
        #expect(seen.derived.first?["CommandLine"] == "sh -c echo hello end")
        #expect(seen.events[1]["a2"] == "echo ")
        #expect(seen.events[1]["a2_len"] == "12")
        #expect(seen.events[2]["a2"] == "hello")
    }

    @Test func `arguments past the named ones still reach the command line`() throws {
        let arguments = (0..<400).map { "a\($0)=\"x\($0)\"" }.joined(separator: " ")
        let seen = try read(Self.text(Self.syscall(59), "type=EXECVE \(Self.stamp) argc=400 \(arguments)"))
        #expect(seen.derived.first?["CommandLine"] == (0..<400).map { "x\($0)" }.joined(separator: " "))
    }

    @Test(
        arguments: [
            ("020001BB0A000001", "inet", "10.0.0.1", "443", "false"),
            ("02000050C0A80102000000000000000", "odd", "", "", ""),
            ("0A0001BB0000000020010DB8000000000000000000000001" + "00000000", "inet6", "2001:db8::1", "443", "true"),
            ("0A0000500000000000000000000000000000FFFF7F000001" + "00000000", "inet", "127.0.0.1", "80", "false"),
            ("0A0000500000000000000000000000000000000000000001" + "00000000", "inet6", "::1", "80", "true"),
            ("0A0000500000000000000000000000000000000000000000" + "00000000", "inet6", "::", "80", "true"),
            ("0A00005000000000FE800000000000000001000000000002" + "00000000", "inet6", "fe80::1:0:0:2", "80", "true"),
        ] as [(String, String, String, String, String)])
    func `a connect gives a network connection`(
        saddr: String, family: String, address: String, port: String, isIPv6: String
    ) throws {
        let seen = try read(
            Self.text(
                Self.syscall(42, success: "no", exit: "-115", a0: "3"), "type=SOCKADDR \(Self.stamp) saddr=\(saddr)",
                "type=PROCTITLE \(Self.stamp) proctitle=\"x\""))
        #expect(seen.events[1]["saddr"] == saddr)
        if family == "odd" {
            #expect(seen.derived.isEmpty)
            return
        }
        #expect(seen.events[1]["socket.family"] == family)
        let connection = try #require(seen.derived.first)
        #expect(connection.source == "linux/network_connection/-")
        #expect(connection["DestinationIp"] == address)
        #expect(connection["DestinationPort"] == port)
        #expect(connection["DestinationIsIpv6"] == isIPv6)
        #expect(connection["Initiated"] == "true")
        #expect(connection["Image"] == "/usr/bin/prog")
    }

    @Test(
        arguments: [
            ("01002F72756E2F646F636B65722E736F636B00", "/run/docker.sock"), ("0100006162630000", "@abc"), ("0100", nil),
        ] as [(String, String?)])
    func `a unix socket is no network connection but its path is there`(saddr: String, path: String?) throws {
        let seen = try read(Self.text(Self.syscall(42, a0: "3"), "type=SOCKADDR \(Self.stamp) saddr=\(saddr)"))
        #expect(seen.derived.isEmpty)
        #expect(seen.events[1]["socket.path"] == path)
        #expect(seen.events[1]["socket.family"] == "local")
    }

    @Test func `an accept is a connection from elsewhere`() throws {
        let seen = try read(
            Self.text(
                Self.syscall(288, a0: "3"),
                "type=SOCKADDR \(Self.stamp) saddr=02001F90CB007105\u{1D}SADDR={ saddr_fam=inet laddr=203.0.113.5 lport=8080 }"
            ))
        let connection = try #require(seen.derived.first)
        #expect(connection["SourceIp"] == "203.0.113.5")
        #expect(connection["SourcePort"] == "8080")
        #expect(connection["Initiated"] == "false")
        #expect(seen.events[1].values("socket.address").count == 1)
        #expect(seen.events[1]["SADDR"] == " saddr_fam=inet laddr=203.0.113.5 lport=8080 ")
    }

    @Test func `an address only auditd's enrichment gives is enough`() throws {
        let seen = try read(
            Self.text(
                Self.syscall(42, a0: "3"),
                "type=SOCKADDR \(Self.stamp) saddr=?\u{1D}SADDR={ saddr_fam=inet laddr=203.0.113.5 lport=8080 }"))
        #expect(seen.derived.first?["DestinationIp"] == "203.0.113.5")
        #expect(seen.derived.first?["DestinationPort"] == "8080")
    }

    @Test(
        arguments: [
            (257, "ffffff9c", "notes.txt", "/home/m", "/work", "/home/m/notes.txt"),
            (257, "ffffff9c", "../x//y/./z", "/home/m", "/work", "/home/x/y/z"),
            (257, "ffffff9c", "/etc/../tmp/a", "/home/m", "/etc", "/tmp/a"),
            (257, "5", "b", "/home/m", "/srv/dir", "/srv/dir/b"),
            (257, "5", "b", "/home/m", "dir", "b"),
            (85, "7f", "c", "/", "/", "/c"),
        ] as [(Int, String, String, String, String, String)])
    func `a created file is named by its absolute path`(
        call: Int, a0: String, name: String, cwd: String, parent: String, expected: String
    ) throws {
        let seen = try read(
            Self.text(
                Self.syscall(call, exit: "3", a0: a0), "type=CWD \(Self.stamp) cwd=\"\(cwd)\"",
                "type=PATH \(Self.stamp) item=0 name=\"\(parent)\" nametype=PARENT",
                "type=PATH \(Self.stamp) item=1 name=\"\(name)\" nametype=CREATE",
                "type=PROCTITLE \(Self.stamp) proctitle=\"x\""))
        let file = try #require(seen.derived.first)
        #expect(file.source == "linux/file_event/-")
        #expect(file["TargetFilename"] == expected)
        #expect(file["ProcessId"] == "101")
    }

    @Test(
        arguments: [
            (257, "241", true), (257, "80241", true), (257, "200", true), (257, "441", false), (257, "0", false),
            (257, "", false), (85, "1b6", true), (59, "241", false),
        ] as [(Int, String, Bool)])
    func `a file that is emptied counts as created`(number: Int, flags: String, isFileEvent: Bool) throws {
        let call = Self.syscall(number, more: "").replacing("a2=241", with: "a2=\(flags)")
        let seen = try read(
            Self.text(
                call, "type=CWD \(Self.stamp) cwd=\"/\"",
                "type=PATH \(Self.stamp) item=0 name=\"/etc/motd\" nametype=NORMAL"))
        let files = seen.derived.filter { $0.source == "linux/file_event/-" }
        #expect(files.map { $0["TargetFilename"] } == (isFileEvent ? ["/etc/motd"] : []))
    }

    @Test func `a rename names both files and a removal is one`() throws {
        let renamed = try read(
            Self.text(
                Self.syscall(82), "type=CWD \(Self.stamp) cwd=\"/d\"",
                "type=PATH \(Self.stamp) item=0 name=\"/d/\" nametype=PARENT",
                "type=PATH \(Self.stamp) item=1 name=\"/d/\" nametype=PARENT",
                "type=PATH \(Self.stamp) item=2 name=\"old\" nametype=DELETE",
                "type=PATH \(Self.stamp) item=3 name=6E657720 nametype=CREATE"))
        #expect(renamed.derived.first?["TargetFilename"] == "/d/new ")
        #expect(renamed.derived.first?["SourceFilename"] == "/d/old")
        let removed = try read(
            Self.text(Self.syscall(87), "type=PATH \(Self.stamp) item=1 name=\"/d/x\" nametype=DELETE"))
        #expect(removed.derived.first?.source == "linux/file_delete/-")
        #expect(removed.derived.first?["TargetFilename"] == "/d/x")
    }

    @Test func `an exit gives a process termination`() throws {
        let seen = try read(
            "type=SYSCALL \(Self.stamp) arch=c000003e syscall=231 a0=2a ppid=1 pid=2 exe=\"/bin/true\"\n")
        #expect(seen.derived.first?.source == "linux/process_termination/-")
        #expect(seen.derived.first?["ProcessId"] == "2")
        #expect(seen.derived.first?["process.exit_code"] == "42")
    }

    @Test(arguments: [56, 57, 90, 101, 165, 175, 308, 272])
    func `other calls give no derived event`(number: Int) throws {
        let seen = try read(Self.text(Self.syscall(number), "type=PROCTITLE \(Self.stamp) proctitle=\"x\""))
        #expect(seen.derived.isEmpty)
        #expect(seen.events[0]["SYSCALL"] != nil)
    }
}

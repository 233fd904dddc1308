// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import TestSupport
import Testing

@Suite struct AuditRecordTests {
    static let headers: [(line: String, type: String?)] = [
        ("type=CWD msg=audit(1700000000.001:5): cwd=\"/\"", "CWD"),
        ("node=h type=CWD msg=audit(1700000000.001:5): cwd=\"/\"", "CWD"),
        ("Nov 21 20:24:05 h audispd: node=h type=CWD msg=audit(1700000000.001:5): cwd=\"/\"", "CWD"),
        ("Nov 21 20:24:05 h kernel: [  12.3] audit: type=1307 audit(1700000000.001:5): cwd=\"/\"", "CWD"),
        ("[  12.3] audit: type=1307 audit(1700000000.001:5): cwd=\"/\"", "CWD"),
        ("audit: type=1307 audit(1700000000.001:5): cwd=\"/\"", "CWD"),
        ("type=UNKNOWN[1334] msg=audit(1700000000.001:5): prog-id=1 cwd=\"/\"", "BPF"),
        ("type=UNKNOWN[4999] msg=audit(1700000000.001:5): cwd=\"/\"", "UNKNOWN[4999]"),
        ("type=SOMETHING msg=audit(1700000000.001:5): cwd=\"/\"", "SOMETHING"),
        ("type=CWD msg=audit(1700000000.001): cwd=\"/\"", nil),
        ("type=CWD cwd=\"/\"", nil),
        ("a line with type=CWD but no stamp", nil),
        ("", nil),
    ]

    @Test(arguments: headers.indices)
    func `a header is found in front of the fields wherever it may stand`(index: Int) {
        let (line, type) = Self.headers[index]
        let bytes = Array(line.utf8)
        #expect(AuditReader.isAuditLine(bytes.span) == (type != nil))
        let seen = AuditGroupingTests.read([line])
        #expect(seen.events.first?["type"] == type)
        guard type != nil else { return }
        #expect(seen.events[0]["cwd"] == "/")
        #expect(seen.events[0].time == 1_700_000_000_001_000_000)
    }

    @Test(
        arguments: [
            ("type=SYSC", ReadProblemKind.truncated), ("type=SYSCALL msg=aud", .truncated),
            ("type=SYSCALL msg=audit(170000", .truncated), ("type=SYSCALL msg=audit(1700000000.123:77", .truncated),
            ("type=SYSCALL msg=audit(x", .malformed), ("something else", .unrecognised),
            ("type=CWD msg=audit(1700000000.123:77): cwd=\"/ho", .truncated),
            ("type=USER_CMD msg=audit(1700000000.123:77): pid=1 msg='cwd=\"/\" cmd=6C73", .truncated),
        ] as [(String, ReadProblemKind)])
    func `a damaged record is counted`(line: String, kind: ReadProblemKind) {
        let seen = AuditGroupingTests.read([line])
        #expect(seen.report.problems == [kind: 1])
        #expect(seen.report.samples.first?.position == 1)
    }

    @Test(
        arguments: [
            // Records of user space, new style, with enrichment and encoded command.
            (
                "type=USER_CMD msg=audit(1.0:5): pid=9 uid=1000 auid=1000 ses=3 msg='cwd=\"/root\" cmd=6C73202D6C terminal=pts/0 res=success'\u{1D}UID=\"m\"",
                [
                    "type": "USER_CMD", "pid": "9", "cwd": "/root", "cmd": "ls -l", "terminal": "pts/0",
                    "res": "success", "UID": "m",
                ]
            ),
            (
                "type=USER_AUTH msg=audit(1.0:5): user pid=9 uid=0 msg='PAM: authentication acct=\"root\" : exe=\"/usr/sbin/sshd\" (hostname=h.example, addr=192.0.2.1, terminal=ssh res=failed)'",
                [
                    "acct": "root", "exe": "/usr/sbin/sshd", "hostname": "h.example", "addr": "192.0.2.1",
                    "terminal": "ssh", "res": "failed",
                ]
            ),
            (
                "type=ADD_USER msg=audit(1.0:5): pid=1 msg='op=adding user id=1002 exe=\"/usr/sbin/useradd\" res=success'",
                [
                    "op": "adding", "id": "1002", "res": "success",
                    "msg": "op=adding user id=1002 exe=\"/usr/sbin/useradd\" res=success",
                ]
            ),
            // Names that were encoded, and values that only look so.
            (
                "type=PATH msg=audit(1.0:5): item=0 name=2F746D702F6120C3A4 inode=7 mode=0100644",
                ["name": "/tmp/a ä", "mode": "0100644", "inode": "7"]
            ),
            (
                "type=SYSCALL msg=audit(1.0:5): comm=6D792070726F67 exe=2F612062 a1=6869 dev=08:01",
                ["comm": "my prog", "exe": "/a b", "a1": "6869"]
            ),
            ("type=PATH msg=audit(1.0:5): name=\"6869\" nametype=CREATE", ["name": "6869"]),
            ("type=TTY msg=audit(1.0:5): tty pid=1 comm=\"bash\" data=6C730D", ["data": "ls\r"]),
            ("type=SYSCALL msg=audit(1.0:5): tty=(none) ses=4294967295", ["tty": "(none)", "ses": "4294967295"]),
            (
                "type=AVC msg=audit(1.0:5): avc:  denied  { read write } for  pid=7 comm=\"httpd\" name=\"x\" tclass=file",
                ["seresult": "denied", "seperms": "read write", "pid": "7", "tclass": "file"]
            ),
            (
                "type=CONFIG_CHANGE msg=audit(1.0:5): auid=0 op=add_rule key=\"k\" list=4 res=1",
                ["op": "add_rule", "key": "k", "res": "1"]
            ),
        ] as [(String, [String: String])])
    func `fields are read and decoded`(line: String, expected: [String: String]) {
        let seen = AuditGroupingTests.read([line])
        #expect(seen.report.problems.isEmpty)
        for (name, value) in expected { #expect(seen.events.first?[name] == value, "\(name)") }
    }

    @Test func `several keys are several values, and no key is null`() {
        let seen = AuditGroupingTests.read([
            "type=SYSCALL msg=audit(1.0:5): pid=1 key=6F6E650174776F",
            "type=SYSCALL msg=audit(1.0:6): pid=1 key=(null)",
        ])
        #expect(seen.events[0].values("key") == ["one", "two"])
        #expect(seen.events[1].fields.last?.kind == .null)
        #expect(seen.events[0].fields.first { $0.name == "pid" }?.kind == .integer)
    }

    @Test func `a record of the AUOMS agent is a whole event`() {
        let line =
            "type=AUOMS_EXECVE audit(1652292621.986:84138): SchemaVersion=\"1\" node=H arch=x86_64 syscall=execve syscall_r=59 "
            + "success=yes exit=0 a0=7f ppid=1340 pid=17790 user=tomcat uid=1001 ses=\"-1\" comm=\"sh\" exe=\"/bin/sh\" key=auoms,delete "
            + "cwd=\"/\" path_name=[\"/bin/sh\",\"\"] path_nametype=[\"NORMAL\",\"\"] proctitle=sh -c if=x of=y redactors= containerid="
        let seen = AuditGroupingTests.read([line])
        #expect(seen.events[0].source == "linux/-/auditd")
        #expect(seen.events[0]["type"] == "AUOMS_EXECVE")
        #expect(seen.events[0].values("key") == ["auoms", "delete"])
        #expect(seen.events[0]["containerid"] == "")
        #expect(seen.events[0]["path_name"] == "[\"/bin/sh\",\"\"]")
        #expect(seen.derived.count == 1)
        #expect(seen.derived.first?.source == "linux/process_creation/-")
        #expect(seen.derived.first?["CommandLine"] == "sh -c if=x of=y")
        #expect(seen.derived.first?["User"] == "tomcat")
        #expect(seen.derived.first?["host.name"] == "H")
        #expect(seen.derived.first?["Image"] == "/bin/sh")
        let created = AuditGroupingTests.read([
            "type=AUOMS_SYSCALL audit(1.0:1): syscall=openat success=yes exe=\"/bin/sh\" cwd=\"/d\" path_name=[\"/d/\",\"f\"] path_nametype=[\"PARENT\",\"CREATE\"]"
        ])
        #expect(created.derived.first?["TargetFilename"] == "/d/f")
    }

    @Test(
        .enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absent)),
        arguments: [
            ("sh_arp_cache_2020-11-10074812.log", 12, ["arp -a", "grep -v ^?"]),
            ("sh_binary_padding_dd_2020-11-10081941.log", 6, ["dd if=/dev/zero bs=1 count=1"]),
        ])
    func `public samples give their programs`(name: String, records: UInt64, commands: [String]) throws {
        let root = try #require(Corpora.root)
        let seen = read(path: root + "/linux/" + name)
        #expect(seen.report.records == records)
        #expect(seen.report.problems.isEmpty)
        #expect(seen.derived.map { $0["CommandLine"] } == commands)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Outputs
import Sigma
import Testing

/// What a reader of the table finds, and where.
@Suite struct LayoutTests {
    private func lines(
        _ fields: [(String, String)], entity: Entity = Entity(kind: .host, parts: []), reasons: [Reason] = [],
        width: Int = 100, hasColor: Bool = false
    ) throws -> [String] {
        let event = EventSnapshot(
            time: nil, logsource: "linux/process_creation/-", path: "audit.log", position: 7,
            fields: NamedValues(fields.map { (name: $0.0, value: $0.1) }), record: "the record itself")
        let finding = Finding(
            rule: Samples.rule("t", .high, tags: []), number: 0, entity: entity, entityKey: EntityKey(group: []),
            reasons: reasons, event: event)
        var sink = TableSink(ByteOutput(), style: TableStyle(width: width, hasColor: hasColor))
        try sink.take(AlertChange(.closed, number: 1, alert: Alert(finding)))
        return sink.output.text.split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        ("selection_source_of_the_code", "python.source", "command", "command", "python.source is command"),
        ("s", "Image", "endswith: /sh", "/bin/sh", "Image ends with /sh ← /bin/sh"),
        ("s", "Image", "startswith|cased: /bin", "/bin/sh", "Image starts with exactly /bin ← /bin/sh"),
        ("s", "DestinationPort", "gt: 0", "4444", "DestinationPort > 0 ← 4444"),
        ("s", "DestinationIp", "cidr: 10.0.0.0/8", "10.1.2.3", "DestinationIp is in 10.0.0.0/8 ← 10.1.2.3"),
        ("s", "python.code", "exists: true", "x=1", "python.code is present ← x=1"),
        ("s", "python.code", "exists: true", "", "python.code is present"),
        ("s", "python.code", "exists: false", "", "python.code is absent"),
        ("s", "User", "", "", "User is empty"),
    ])
    func `a reason names its selection in full and says its pattern in words`(
        selection: String, field: String, pattern: String, value: String, expected: String
    ) throws {
        let reason = Reason(selection: selection, field: field, pattern: pattern, value: value)
        let shown = try lines([("host.name", "web1")], reasons: [reason])
        #expect(shown.contains("why       \(selection): \(expected)"), "\(shown)")
    }

    @Test func `a command line is shown whole, once, with what matched marked`() throws {
        let command = "python3 -c import pty; " + String(repeating: "x=1; ", count: 40) + "pty.spawn(\"/bin/sh\")"
        let reasons = [
            Reason(selection: "cli", field: "CommandLine", pattern: "contains: PTY.spawn", value: command),
            Reason(selection: "code", field: "python.code", pattern: "contains: import", value: "import pty"),
        ]
        let fields = [("CommandLine", command), ("python.code", "import pty")]
        let plain = try lines(fields, reasons: reasons)
        #expect(plain.contains("why       cli: CommandLine contains PTY.spawn"))
        #expect(plain.contains("          code: python.code contains import"))
        let start = try #require(plain.firstIndex { $0.hasPrefix("event     CommandLine  ") })
        let end = try #require(plain.firstIndex { $0.hasPrefix("at ") })
        #expect(plain[start..<end].map { $0.dropFirst(23) }.joined() == command)
        let colored = try lines(fields, reasons: reasons, width: 400, hasColor: true).joined()
        #expect(colored.contains("\u{1B}[1;4mpty.spawn\u{1B}[0m"))
        #expect(colored.contains("\u{1B}[1;4mimport\u{1B}[0m pty"))
    }

    @Test func `the match in a value too long to show is still seen`() throws {
        let command = String(repeating: "x", count: 3000) + "needle" + String(repeating: "y", count: 500)
        let reason = Reason(selection: "cli", field: "CommandLine", pattern: "contains: needle", value: command)
        let shown = try lines([("CommandLine", command)], reasons: [reason])
        #expect(shown.contains { $0.hasPrefix("          ← …x") && $0.contains("needle") })
        #expect(shown.count < 16)
    }

    @Test func `decoded layers, destination and ancestors are shown`() throws {
        var event = EventSnapshot(
            time: nil, logsource: "", path: "p", position: 1,
            fields: NamedValues([
                ("CommandLine", "python3 -c exec(x)"), ("DestinationIp", "2001:db8::1"), ("DestinationPort", "443"),
            ]), record: "")
        event.fields.entries.append(.init(name: "python.code", values: [.string("exec(x)"), .string("import os")]))
        event.fields.entries.append(
            .init(name: "process.ancestors", values: [.string("/bin/bash"), .string("/usr/sbin/sshd")]))
        let finding = Finding(
            rule: Samples.rule("t", .high, tags: []), number: 0, entity: Entity(kind: .host, parts: []),
            entityKey: EntityKey(group: []), reasons: [], event: event)
        var sink = TableSink(ByteOutput())
        try sink.take(AlertChange(.closed, number: 1, alert: Alert(finding)))
        let shown = sink.output.text
        #expect(shown.contains("python.code        import os\n"))
        #expect(!shown.contains("python.code        exec(x)"))
        #expect(shown.contains("destination        [2001:db8::1]:443\n"))
        #expect(shown.contains("process.ancestors  /bin/bash ← /usr/sbin/sshd\n"))
    }

    @Test func `an event of an unknown kind shows its record`() throws {
        #expect(try lines([("colour", "red")]).contains("event     record  the record itself"))
    }

    @Test(
        arguments: [
            (["User": "root"], "root · /bin/sh (pid 7)"), (["User": "0"], "root · /bin/sh (pid 7)"),
            (["User": "1001"], "uid 1001 · /bin/sh (pid 7)"),
            (["User": "1001", "UID": "mallory"], "mallory · /bin/sh (pid 7)"),
            (["User": "0", "auid": "1001"], "root (login uid 1001) · /bin/sh (pid 7)"),
            (["User": "0", "auid": "1001", "AUID": "mallory"], "root (login mallory) · /bin/sh (pid 7)"),
            (["User": "1001", "auid": "1001"], "uid 1001 · /bin/sh (pid 7)"),
            (["User": "0", "auid": "4294967295"], "root · /bin/sh (pid 7)"),
            (["User": "eve", "host.name": "web1"], "eve on web1 · /bin/sh (pid 7)"),
        ] as [([String: String], String)])
    func `who acted is told by name where the event has one`(fields: [String: String], expected: String) throws {
        var parts = [(name: "user", value: fields["User"] ?? ""), (name: "image", value: "/bin/sh")]
        if let host = fields["host.name"] { parts.insert((name: "host", value: host), at: 0) }
        let all = fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [("ProcessId", "7")]
        let shown = try lines(all, entity: Entity(kind: .process, parts: parts))
        #expect(shown.contains("who       \(expected)"), "\(shown)")
    }
}

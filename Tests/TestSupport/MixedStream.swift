// SPDX-License-Identifier: Apache-2.0

/// Generated telemetry in which records of every kind stand side by side, whole and damaged, related and not: what is
/// read of one must not depend on where an input is cut or who reads what.
public struct MixedStream {
    /// Which kind of file.
    public enum Kind: CaseIterable, Sendable {
        /// JSON lines of every shape, audit records and event XML among them as texts.
        case json
        /// Raw audit records, several events interleaved.
        case audit
        /// Event XML without lines.
        case xml
        /// Syslog with audit records and event XML in it.
        case syslog
    }

    private var random: SeededGenerator
    private var time: Int64 = 1_700_000_000_000
    private var serial = 100
    /// Audit records to come, in an order in which those of one event are not neighbours.
    private var audit: [String] = []

    /// Starts a stream; equal seeds give equal streams.
    public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A file of about as many records.
    public mutating func text(_ kind: Kind, records: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<records {
            let line: [UInt8] =
                switch kind {
                case .json: jsonLine()
                case .audit: Array(auditLine().utf8)
                case .xml: Array(xml().utf8)
                case .syslog: Array(syslogLine().utf8)
                }
            bytes += line
            bytes += chance(20) ? [13, 10] : [10]
        }
        if kind == .json || kind == .audit {
            while !audit.isEmpty, chance(2) { bytes += Array(auditLine().utf8) + [10] }
        }
        return bytes
    }

    private mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }

    private mutating func pick(_ choices: String...) -> String {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }

    private mutating func now() -> Int64 {
        time += Int64.random(in: 0..<900, using: &random)
        return time
    }

    private mutating func jsonLine() -> [UInt8] {
        switch Int.random(in: 0..<16, using: &random) {
        case 0: return Array(#"{"broken": "#.utf8)
        case 1:
            return Array(#"{"Image":"/bin/x","CommandLine":"not \#(pick("a", "b")) utf8 "#.utf8) + [0xFF]
                + Array(#""}"#.utf8)
        case 2: return Array("[\(object()),\(object()),3]".utf8)
        case 3: return Array("\u{0}\u{0}\(object())".utf8)
        case 4:
            return Array(
                #"{"logEvents":[{"message":\#(Self.quoted(auditLine()))},{"message":\#(Self.quoted(object()))}]}"#.utf8)
        case 5:
            let bytes = Array(auditLine().utf8).map { "\($0)" }.joined(separator: ",")
            return Array(#"{"__CURSOR":"c","_HOSTNAME":"h\#(pick("1", "2"))","MESSAGE":[\#(bytes)]}"#.utf8)
        default: return Array(object().utf8)
        }
    }

    /// One JSON record.
    private mutating func object(depth: Int = 0) -> String {
        let host = pick("web1", "web2", "db1")
        let program = pick("/usr/bin/python3", "/usr/bin/id", "/bin/bash", "C:\\\\Windows\\\\cmd.exe")
        let stamp = "2023-11-14T22:\(10 + Int(now() / 60_000 % 50)):\(10 + Int(time / 1000 % 50))Z"
        switch Int.random(in: 0..<(depth < 2 ? 13 : 6), using: &random) {
        case 0:
            return
                #"{"kind":"Event","verb":"\#(pick("get", "create"))","auditID":"\#(serial)","objectRef":{"resource":"secrets"},"user":{"username":"\#(host)"}}"#
        case 1:
            return
                #"{"stream":"\#(host)","event":{"kind":"Event","verb":"\#(pick("get", "create"))","objectRef":{"resource":"pods"},"requestURI":"/x"}}"#
        // What only looks like a wrapped audit event.
        case 2:
            return
                #"{"event":{"verb":"run","kind":"\#(pick("Event", "alert"))","action":"exec"},"Image":"\#(program)"}"#
        case 3:
            return
                #"{"@timestamp":"\#(stamp)","ecs":{"version":"8"},"event":{"kind":"Event","category":["process"],"type":["start"]},"process":{"executable":"\#(program)","pid":\#(serial),"args":["a","b"]},"host":{"name":"\#(host)"}}"#
        case 4:
            return
                #"{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"\#(host)","Image":"\#(program)","CommandLine":"x \#(serial)","ProcessId":"\#(serial)","field\#(serial)":1.50,"UtcTime":"\#(stamp)"}"#
        case 5: return #"{"nothing":{"known":[1,2,{"deep":null}]},"n\#(serial % 50)":true}"#
        case 6, 7: return #"{"SyslogMessage":\#(Self.quoted(auditLine())),"HostName":"\#(host)"}"#
        case 8: return #"{"log":\#(Self.quoted(auditLine())),"stream":"stdout"}"#
        case 9: return #"{"message":\#(Self.quoted(xml())),"host":{"name":"\#(host)"}}"#
        case 10:
            return #"{"log":\#(Self.quoted(object(depth: depth + 1))),"pod":{"name":"\#(host)"},"hostname":"\#(host)"}"#
        case 11: return #"{"message":"type=SYSCALL msg=audit(17000","@timestamp":"\#(stamp)","ecs":{"version":"8"}}"#
        default:
            return #"{"MESSAGE":"session opened for \#(host)","SYSLOG_IDENTIFIER":"sshd","_HOSTNAME":"\#(host)"}"#
        }
    }

    /// The next audit record, of one of a few events under way.
    private mutating func auditLine() -> String {
        while audit.count < 8 {
            serial += 1
            let stamp = now()
            let head = "msg=audit(\(stamp / 1000).\(100 + stamp % 900):\(serial)):"
            let node = chance(3) ? "node=n\(serial % 3) " : ""
            let pid = Int.random(in: 10..<40, using: &random)
            let program = pick("python3", "id", "bash", "curl")
            var records = [
                "type=SYSCALL \(head) arch=c000003e syscall=59 success=yes exit=0 ppid=\(pid / 2) pid=\(pid) auid=1 uid=0 tty=pts0 comm=\"\(program)\" exe=\"/usr/bin/\(program)\" key=\"k\"",
                "type=EXECVE \(head) argc=3 a0=\"\(program)\" a1=\"-c\" a2=\"import os; os.system('id \(serial)')\"",
                "type=CWD \(head) cwd=\"/home\"",
            ]
            if !chance(4) { records.append("type=\(pick("EOE", "PROCTITLE")) \(head) proctitle=\"x\"") }
            if chance(6) { records.append("type=AVC msg=audit(broken") }
            for record in records {
                // Near the end of those waiting, but in no order.
                audit.insert(node + record, at: Int.random(in: max(0, audit.count - 5)...audit.count, using: &random))
            }
        }
        return audit.removeFirst()
    }

    private mutating func xml() -> String {
        serial += 1
        if chance(12) { return "<Event><System><EventID>1</EventID>" }
        return
            "<Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>1</EventID><Computer>\(pick("web1", "web2"))</Computer></System><EventData><Data Name=\"Image\">\(pick("/usr/bin/id", "/usr/bin/python3"))</Data><Data Name=\"CommandLine\">id \(serial)</Data><Data Name=\"ProcessId\">\(serial)</Data></EventData></Event>"
    }

    private mutating func syslogLine() -> String {
        let head = "Nov 14 22:\(10 + Int(now() / 60_000 % 50)):\(10 + Int(time / 1000 % 50)) \(pick("web1", "web2")) "
        return switch Int.random(in: 0..<5, using: &random) {
        case 0, 1: head + "audispd: " + auditLine()
        case 2: head + "sysmon: " + xml()
        case 3: head + "sshd[\(serial)]: Accepted password for root"
        default: "no header at all \(serial)"
        }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// Rules for such streams; most records concern some of them.
    public static let rules = """
        title: Python
        name: python
        level: medium
        logsource: {category: process_creation}
        detection: {a: {Image|endswith: /python3}, condition: a}
        ---
        title: Program
        name: program
        level: low
        logsource: {category: process_creation}
        detection: {a: {CommandLine|re: '.*1[0-9]'}, b: {Image|contains: python}, condition: a and not b}
        ---
        title: Child
        level: high
        logsource: {category: process_creation}
        detection: {a: {ParentImage|endswith: [/python3, /bash]}, condition: a}
        ---
        title: Record
        level: informational
        logsource: {product: linux, service: auditd}
        detection: {a: {type: EXECVE, a2|contains: system}, condition: a}
        ---
        title: Kubernetes
        level: low
        logsource: {product: kubernetes}
        detection: {a: {verb: [get, run]}, condition: a}
        ---
        title: Never arrives
        level: low
        logsource: {category: process_creation}
        detection: {a: {NoSuchField: x}, condition: a}
        ---
        title: Word
        level: low
        logsource: {product: linux, service: sshd}
        detection: {a: [opened, Accepted], condition: a}
        ---
        title: Many
        level: high
        correlation:
          type: event_count
          rules: [python, program]
          group-by: [Image]
          timespan: 10s
          generate: true
          condition: {gte: 3}
        """
}

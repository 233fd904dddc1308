// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import TestSupport
import Testing

/// Rules that look at audit records as well as at the events made of them, from outside.
@Suite struct RecordTwinTests {
    private static let log = (1...3).map { number in
        let stamp = "msg=audit(1700000000.\(100 + number):\(number)):"
        return """
            type=SYSCALL \(stamp) arch=c000003e syscall=59 success=yes exit=0 items=1 ppid=1 pid=\(number) auid=1000 uid=0 exe="/usr/bin/nc" comm="nc"
            type=EXECVE \(stamp) argc=3 a0="nc" a1="-e" a2="/bin/sh"
            type=CWD \(stamp) cwd="/"
            type=PATH \(stamp) item=0 name="/usr/bin/nc" nametype=NORMAL
            type=PROCTITLE \(stamp) proctitle=6E63002D65002F62696E2F7368

            """
    }.joined()

    private static func rule(_ detection: String) -> String {
        """
        title: Netcat
        id: 11111111-0000-4000-8000-000000000000
        level: high
        logsource: {product: linux}
        detection:
          \(detection)
        """
    }

    private static func alerts(_ detection: String) throws -> [Alert] {
        let folder = try TemporaryFolder()
        let rule = try folder.write(rule(detection).utf8, "rule.yml")
        let log = try folder.write(log.utf8, "audit.log")
        let result = try Program.run(["hunt", "--rules", rule, "--output", "jsonl", "--quiet", log])
        return try result.lines.map { try JSONDecoder().decode(Alert.self, from: Data($0.utf8)) }
    }

    @Test func `records and the event made of them give one alert, about the event's process`() throws {
        let alerts = try Self.alerts("{keywords: ['/usr/bin/nc'], condition: keywords}")
        #expect(alerts.map(\.count) == [3])
        #expect(alerts.map(\.entity.kind) == [.process])
        #expect(alerts.first?.events.allSatisfy { $0.logsource.contains("process_creation") } ?? false)
        #expect(alerts.first?.events.first?.record.contains("type=EXECVE") ?? false)
    }

    @Test func `what only a record has still alerts`() throws {
        let alerts = try Self.alerts("{selection: {type: EXECVE, a2: /bin/sh}, condition: selection}")
        #expect(alerts.map(\.count) == [3])
    }
}

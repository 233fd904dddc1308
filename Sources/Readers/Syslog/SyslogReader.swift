// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Reads plain log lines: each becomes an event with `message`, and with time, host and program where it has a syslog
/// header.
///
/// Lines that hold an audit record or event XML are read as such.
public struct SyslogReader: RecordReader {
    let audit: AuditReader
    private var xml: SysmonXMLReader
    var clock: SyslogClock
    private let override: LogSourceID?
    private let services: [LogSourceID]
    private let programField: FieldID

    /// Makes a reader.
    ///
    /// `newest` is the last change of the file in seconds since the epoch: dates without a year are taken to lie before
    /// it. `logSource` replaces the one guessed from the program's name.
    public init(vocabulary: Vocabulary, newest: Int64, logSource: LogSource? = nil) {
        audit = AuditReader(vocabulary: vocabulary)
        xml = SysmonXMLReader(vocabulary: vocabulary)
        clock = SyslogClock(newest: newest)
        override = logSource.map { vocabulary.source($0) }
        services = Self.names.map { vocabulary.source(LogSource(product: "linux", service: $0)) }
        programField = vocabulary.field("process.name")
    }

    /// Reads complete records.
    public mutating func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        for record in records {
            switch Self.content(batch.bytes.span.extracting(record.range)) {
            case .audit:
                audit.read(
                    line: record.range, evidence: record.range, position: record.position, into: &batch, report: &report
                )
            case .xml:
                xml.read(
                    line: record.range, evidence: record.range, position: record.position, into: &batch, report: &report
                )
            case .text: plain(record, &batch)
            }
        }
    }

    private enum Content {
        case audit
        case xml
        case text
    }

    private static func content(_ line: Span<UInt8>) -> Content {
        if AuditReader.isAuditLine(line) { return .audit }
        return (SysmonXMLReader.find(line) ?? SysmonXMLReader.findCut(line)) == nil ? .text : .xml
    }

    /// The input has ended: gives what was kept back.
    public mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {
        audit.finish(into: &batch, report: &report)
    }

    private func plain(_ record: Record, _ batch: inout EventBatch) {
        let header = SyslogHeader(batch.bytes.span, record.range, clock)
        let first = batch.slots.count
        batch.append(.message, header.message)
        if !header.host.isEmpty { batch.append(.hostName, header.host) }
        if !header.program.isEmpty { batch.append(programField, header.program) }
        if !header.process.isEmpty { batch.append(.processId, header.process, kind: .integer) }
        let source = override ?? services[Self.service(batch.bytes.span.extracting(header.program))]
        batch.commit(
            time: header.time.map { Timestamp(nanoseconds: $0) } ?? .unknown, source: source, slotsFrom: first,
            record: record.range, position: record.position)
    }

    /// The services of SigmaHQ's Linux rules.
    static let names = ["syslog", "sshd", "sudo", "cron", "auth", "clamav", "guacamole", "vsftpd"]

    /// Which of them a program writes.
    private static func service(_ program: Span<UInt8>) -> Int {
        for (name, service) in programs where equalBytes(program, name) { return service }
        return startsWith(program, "sshd-") ? 1 : 0
    }

    private static let programs: [(StaticString, Int)] = [
        ("sshd", 1), ("sudo", 2), ("cron", 3), ("CRON", 3), ("crond", 3), ("anacron", 3), ("crontab", 3), ("su", 4),
        ("login", 4), ("useradd", 4), ("userdel", 4), ("usermod", 4), ("groupadd", 4), ("groupdel", 4),
        ("groupmod", 4), ("passwd", 4), ("chage", 4), ("systemd-logind", 4), ("polkitd", 4), ("pkexec", 4),
        ("clamd", 5), ("clamscan", 5), ("clamonacc", 5), ("freshclam", 5), ("guacd", 6), ("guacamole", 6),
        ("vsftpd", 7),
    ]
}

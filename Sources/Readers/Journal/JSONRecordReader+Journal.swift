// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The log sources of journal entries and syslog messages.
struct JournalSources {
    let syslog: LogSourceID
    let services: [(name: [UInt8], source: LogSourceID)]

    /// Identifiers syslog and journald carry, and the services SigmaHQ has for them.
    private static let identifiers: [(String, String)] = [
        ("sshd", "sshd"), ("sshd-session", "sshd"), ("sudo", "sudo"), ("su", "auth"), ("login", "auth"),
        ("cron", "cron"), ("CRON", "cron"), ("crond", "cron"), ("vsftpd", "vsftpd"), ("clamd", "clamav"),
        ("guacd", "guacamole"), ("auditd", "auditd"), ("systemd-logind", "auth"),
    ]

    init(_ vocabulary: Vocabulary) {
        syslog = vocabulary.source(LogSource(product: "linux", service: "syslog"))
        services = Self.identifiers.map {
            (Array($0.0.utf8), vocabulary.source(LogSource(product: "linux", service: $0.1)))
        }
    }
}

extension JSONRecordReader {
    /// Whether the record is a journal entry or a syslog message.
    var isJournal: Bool {
        let fields = flattener.known
        if fields.has(.journal(.cursor)) || fields.has(.journal(.syslogMessage)) { return true }
        return fields.has(.journal(.message)) && (fields.has(.journal(.identifier)) || fields.has(.journal(.host)))
    }

    /// Whether the message may be an array of bytes, which only the tape tells.
    var journalNeedsTape: Bool { flattener.has(.journal(.message)) }

    /// A journal entry or syslog message.
    ///
    /// `object` is where it stands in a tape; one without was found to need none.
    mutating func readJournal(
        _ object: JSONObject?, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        // journald writes texts that are not plain as arrays of bytes (systemd, "Journal Export Formats", JSON).
        if let tape = object?.tape, let message = tape.member("MESSAGE", of: object?.index, in: batch.bytes),
            tape.tag(message) == JSONTape.Tag.array
        {
            let start = batch.bytes.count
            for element in tape.elements(of: message) where tape.tag(element.value) == JSONTape.Tag.integer {
                batch.bytes.append(UInt8(truncatingIfNeeded: tape.word(element.value + 1)))
            }
            let range = start..<batch.bytes.count
            for reader in wrapped.indices {
                guard let found = wrapped[reader].find(batch.bytes.span.extracting(range)) else { continue }
                let host = shippedHost(in: batch)
                batch.slots.removeSubrange(record.first...)
                handOver(
                    start + found.lowerBound..<start + found.upperBound, to: reader, host: host, record.context,
                    into: &batch,
                    report: &report)
                return
            }
            batch.append(.message, range)
        } else if let slot = flattener.text(.journal(.message), in: batch)
            ?? flattener.text(.journal(.syslogMessage), in: batch)
        {
            batch.append(.message, slot.range)
        }
        let host = shippedHost(in: batch)
        if !host.isEmpty, !flattener.has(.shared(.hostName)) { batch.append(.hostName, host) }
        var source = shapes.journal.syslog
        if let name = flattener.text(.journal(.identifier), in: batch)
            ?? flattener.text(.shared(.processName), in: batch)
        {
            let span = batch.bytes.span.extracting(name.range)
            for entry in shapes.journal.services where equalBytes(entry.name.span, span) { source = entry.source }
        }
        commit(source, times: JSONTime.journal, record, into: &batch, report: &report)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Enrichment
import Events

/// A stream of made-up events, enriched one batch at a time.
struct Scene {
    let vocabulary: Vocabulary
    var enricher: Enricher
    /// The batch enriched last.
    private(set) var batch = EventBatch()

    init(limits: EnrichmentLimits = EnrichmentLimits(), vocabulary: Vocabulary = Vocabulary()) {
        self.vocabulary = vocabulary
        enricher = Enricher(vocabulary: vocabulary, limits: limits)
    }

    /// One event to be.
    struct Record {
        var source: LogSource
        var seconds: Double
        var fields: KeyValuePairs<String, String>
    }

    /// Enriches events as one batch.
    mutating func play(_ records: [Record]) {
        batch = EventBatch()
        for (number, record) in records.enumerated() {
            let first = batch.slots.count
            for (name, value) in record.fields { batch.append(vocabulary.field(name), text: value) }
            batch.commit(
                time: record.seconds < 0 ? .unknown : Timestamp(nanoseconds: Int64(record.seconds * 1_000_000_000)),
                source: vocabulary.source(record.source), slotsFrom: first, record: 0..<0, position: UInt64(number + 1))
        }
        enricher.enrich(&batch)
    }

    /// Enriches one event and gives its fields: all values of each.
    mutating func play(_ record: Record) -> [String: [String]] {
        play([record])
        return fields(0)
    }

    /// The fields of an event of the last batch.
    func fields(_ event: Int) -> [String: [String]] {
        var fields: [String: [String]] = [:]
        batch.forEachSlot(of: event) { fields[vocabulary.name(of: $0.field), default: []].append(batch.text($0)) }
        return fields
    }

    static let linux = LogSource(product: "linux", category: "process_creation")

    /// A process executes a program.
    static func exec(
        _ pid: Int, _ parent: Int, _ image: String, _ line: String? = nil, at seconds: Double, host: String = "a",
        source: LogSource = Scene.linux
    ) -> Record {
        Record(
            source: source, seconds: seconds,
            fields: [
                "host.name": host, "ProcessId": String(pid), "ParentProcessId": String(parent), "Image": image,
                "CommandLine": line ?? image, "User": "u\(pid)",
            ])
    }

    /// A process ends.
    static func exit(_ pid: Int, at seconds: Double, host: String = "a") -> Record {
        Record(
            source: LogSource(product: "linux", category: "process_termination"), seconds: seconds,
            fields: ["host.name": host, "ProcessId": String(pid)])
    }

    /// A process opens a connection.
    static func connect(_ pid: Int, at seconds: Double, host: String = "a") -> Record {
        Record(
            source: LogSource(product: "linux", category: "network_connection"), seconds: seconds,
            fields: ["host.name": host, "ProcessId": String(pid), "DestinationIp": "192.0.2.1"])
    }

    /// A raw audit record of a fork.
    static func fork(_ pid: Int, child: Int, at seconds: Double, flags: String = "1200011") -> Record {
        Record(
            source: LogSource(product: "linux", service: "auditd"), seconds: seconds,
            fields: [
                "host.name": "a", "type": "SYSCALL", "SYSCALL": "clone", "success": "yes", "exit": String(child),
                "a0": flags, "pid": String(pid), "ppid": "1",
            ])
    }
}

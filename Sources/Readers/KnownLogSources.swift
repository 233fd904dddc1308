// SPDX-License-Identifier: Apache-2.0
import Events

/// The log sources the readers can give events, by the format they come from: what the reference page is made of.
///
/// A log source given with `--log-source` comes on top.
package enum KnownLogSources {
    /// Formats and their log sources, each sorted.
    package static func byFormat() -> [(format: String, sources: [LogSource])] {
        [
            ("auditd", made { _ = AuditReader.Sources($0) }),
            ("Windows and Sysmon events", made { _ = WindowsTaxonomy($0) }),
            ("ECS", made { _ = ECSSources($0) }),
            (
                "Auditbeat",
                [LogSource(product: "linux", service: "auditd")]
                    + made { _ = ECSSources($0) }.filter {
                        $0.product == "linux" && auditbeat.contains($0.category ?? "")
                    }
            ),
            ("Falco, Tetragon, Kunai", made { _ = SensorSources($0) }),
            (
                "syslog",
                made { _ = SyslogReader(vocabulary: $0, newest: 0) }.filter { isOfSyslog($0) && $0.service != "auditd" }
            ),
            ("journal", made { _ = JSONSources($0, given: nil) }.filter(isOfSyslog)),
            ("Docker and Podman", made { _ = JSONSources($0, given: nil) }.filter { $0.product == "docker" }),
            ("Kubernetes audit", made { _ = JSONSources($0, given: nil) }.filter { $0.product == "kubernetes" }),
            ("JSON by its keys", made { _ = LogSourceHints($0) }),
            (
                "JSON with Image and CommandLine",
                [LogSource(category: "process_creation"), LogSource(product: "windows", category: "process_creation")]
            ),
        ]
    }

    /// What Auditbeat's audit events are besides records.
    private static let auditbeat = [
        "process_creation", "process_termination", "network_connection", "file_event", "file_delete",
    ]

    /// Syslog and journal readers hold others, which make sources of their own.
    private static func isOfSyslog(_ source: LogSource) -> Bool {
        let services = SyslogReader.names + ["auditd"]
        return source.product == "linux" && source.category == nil && services.contains(source.service ?? "")
    }

    /// The sources something makes known to a fresh vocabulary; one that says nothing is left out.
    private static func made(_ make: (Vocabulary) -> Void) -> [LogSource] {
        let vocabulary = Vocabulary()
        make(vocabulary)
        return (0..<vocabulary.sourceCount).map { vocabulary.source(of: LogSourceID(rawValue: UInt16($0))) }
            .filter { $0 != LogSource() }
            .sorted { $0.description < $1.description }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

/// The log sources the readers can give events, by the format they come from: what the reference page is made of.
///
/// A log source given with `--log-source` comes on top.
package enum KnownLogSources {
    /// Formats and their log sources, each sorted.
    package static func byFormat() -> [(format: String, sources: [LogSource])] {
        [
            ("auditd", made { _ = AuditRecordReader.Sources($0) }),
            ("Windows and Sysmon events", made { _ = WindowsTaxonomy($0) }),
            (
                "syslog",
                made { _ = SyslogReader(vocabulary: $0, newest: 0) }.filter(isOfSyslog)
            ),
        ] + JSONShapes.logSources(made)
    }

    /// The syslog reader holds others, which make sources of their own.
    private static func isOfSyslog(_ source: LogSource) -> Bool {
        source.product == "linux" && source.category == nil && SyslogReader.names.contains(source.service ?? "")
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

// SPDX-License-Identifier: Apache-2.0
import Events

/// What enrichment has to do with the events of each log source; all others cost one look into a table.
struct SourceKinds: Sendable {
    /// The part an event plays for lineage.
    enum Kind: UInt8, Sendable {
        /// Nothing to do.
        case ignored
        /// A process executed a program.
        case creation
        /// A process ended.
        case termination
        /// A process did something.
        case action
        /// A Linux audit record as it is; forks are among them.
        case audit
    }

    /// What is known of one source.
    struct Entry: Sendable {
        /// The part its events play.
        var kind: Kind
        /// Whether it is Windows, where a process never changes its program.
        var isWindows: Bool
    }

    private let vocabulary: Vocabulary
    private var entries: [Entry?] = []

    /// Prepares for a vocabulary.
    init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// What to do with a source's events.
    subscript(source: LogSourceID) -> Entry {
        mutating get {
            let index = Int(source.rawValue)
            if index < entries.count, let known = entries[index] { return known }
            while entries.count <= index { entries.append(nil) }
            let source = vocabulary.source(of: source)
            let entry = Entry(kind: Self.kind(source), isWindows: source.product == "windows")
            entries[index] = entry
            return entry
        }
    }

    private static func kind(_ source: LogSource) -> Kind {
        switch source.category {
        case "process_creation": .creation
        case "process_termination": .termination
        case "network_connection", "dns_query", "file_event", "file_access", "file_change", "file_create",
            "file_delete",
            "file_rename", "file_executable_detected", "image_load", "pipe_created", "create_stream_hash",
            "registry_add", "registry_delete", "registry_event", "registry_rename", "registry_set", "raw_access_thread",
            "driver_load", "system_call", "python_execution":
            .action
        case nil: source.service == "auditd" ? .audit : .ignored
        default: .ignored
        }
    }
}

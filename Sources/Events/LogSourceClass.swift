// SPDX-License-Identifier: Apache-2.0

/// What follows from a log source for the events it gives: which system they are of, and what they tell of a process.
public struct LogSourceClass: Sendable, Hashable {
    /// The systems whose events are treated in a way of their own.
    public enum System: UInt8, Sendable {
        /// Events of Linux hosts.
        case linux
        /// Events of Windows hosts, where a process never changes its program.
        case windows
        /// Events of a container engine.
        case docker
        /// Events of a cluster's API.
        case kubernetes
        /// Any other product, or none named.
        case other
    }

    /// What an event tells of a process.
    public enum Activity: UInt8, Sendable {
        /// Nothing that is known.
        case none
        /// It executed a program.
        case creation
        /// It ended.
        case termination
        /// It did something.
        case action
        /// One Linux audit record as it is, of which an event with a category may be made as well.
        case auditRecord
    }

    /// The system whose records these are.
    public var system: System
    /// What its events tell.
    public var activity: Activity
    /// Whether the source names a category.
    public var hasCategory: Bool

    /// Classes a log source.
    public init(_ source: LogSource) {
        system =
            switch source.product {
            case "linux": .linux
            case "windows": .windows
            case "docker": .docker
            case "kubernetes": .kubernetes
            default: .other
            }
        hasCategory = source.category != nil
        activity = Self.activity(source)
    }

    private static func activity(_ source: LogSource) -> Activity {
        switch source.category {
        case "process_creation": .creation
        case "process_termination": .termination
        case "network_connection", "dns_query", "file_event", "file_access", "file_change", "file_create",
            "file_delete",
            "file_rename", "file_executable_detected", "image_load", "pipe_created", "create_stream_hash",
            "registry_add", "registry_delete", "registry_event", "registry_rename", "registry_set", "raw_access_thread",
            "driver_load", "system_call", "python_execution":
            .action
        case nil: source.service == "auditd" ? .auditRecord : .none
        default: .none
        }
    }
}

/// The classes of a vocabulary's log sources, each worked out the first time it is met.
///
/// Belongs to one owner: asking takes no lock but for a source not met before.
public struct LogSourceClasses: Sendable {
    private let vocabulary: Vocabulary
    private var known: [LogSourceClass?] = []

    /// Prepares for a vocabulary.
    public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// The class of a source.
    public subscript(source: LogSourceID) -> LogSourceClass {
        mutating get {
            let index = Int(source.rawValue)
            if index < known.count, let found = known[index] { return found }
            return learn(source)
        }
    }

    private mutating func learn(_ source: LogSourceID) -> LogSourceClass {
        let index = Int(source.rawValue)
        while known.count <= index { known.append(nil) }
        let found = LogSourceClass(vocabulary.source(of: source))
        known[index] = found
        return found
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

/// Log sources of Windows event XML: Sysmon's event ids to Sigma's categories (Sigma specification, "Taxonomy"), and
/// the services of the few channels that need no more than their name.
struct SysmonCategories: Sendable {
    private let linux: [LogSourceID]
    private let windows: [LogSourceID]
    private let linuxOther: LogSourceID
    private let windowsSysmon: LogSourceID
    private let windowsOther: LogSourceID
    private let security: LogSourceID
    private let system: LogSourceID
    private let application: LogSourceID

    /// Makes the sources known to a vocabulary.
    init(_ vocabulary: Vocabulary) {
        linux = Self.names.map {
            vocabulary.source(LogSource(product: "linux", category: $0, service: "sysmon"))
        }
        windows = Self.names.map {
            vocabulary.source(LogSource(product: "windows", category: $0, service: "sysmon"))
        }
        linuxOther = vocabulary.source(LogSource(product: "linux", service: "sysmon"))
        windowsSysmon = vocabulary.source(LogSource(product: "windows", service: "sysmon"))
        windowsOther = vocabulary.source(LogSource(product: "windows"))
        security = vocabulary.source(LogSource(product: "windows", service: "security"))
        system = vocabulary.source(LogSource(product: "windows", service: "system"))
        application = vocabulary.source(LogSource(product: "windows", service: "application"))
    }

    /// Who wrote an event.
    enum Provider {
        case linuxSysmon
        case windowsSysmon
        case security
        case system
        case application
        case other
    }

    /// The log source of an event.
    func source(_ provider: Provider, _ eventID: Int64?) -> LogSourceID {
        let index = eventID.flatMap { Int(exactly: $0) }.flatMap { (1...Self.names.count).contains($0) ? $0 - 1 : nil }
        return switch provider {
        case .linuxSysmon: index.map { linux[$0] } ?? linuxOther
        case .windowsSysmon: index.map { windows[$0] } ?? windowsSysmon
        case .security: security
        case .system: system
        case .application: application
        case .other: windowsOther
        }
    }

    /// Categories of Sysmon's events 1 to 29.
    private static let names = [
        "process_creation", "file_change", "network_connection", "sysmon_status", "process_termination", "driver_load",
        "image_load", "create_remote_thread", "raw_access_thread", "process_access", "file_event", "registry_event",
        "registry_set", "registry_rename", "create_stream_hash", "sysmon_status", "pipe_created", "pipe_created",
        "wmi_event", "wmi_event", "wmi_event", "dns_query", "file_delete", "clipboard_capture", "process_tampering",
        "file_delete_detected", "file_block_executable", "file_block_shredding", "file_executable_detected",
    ]
}

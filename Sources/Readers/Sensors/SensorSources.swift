// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The log sources of other sensors' events, by what each calls the event.
struct SensorSources {
    /// The sensors.
    enum Sensor: Int, CaseIterable {
        case falco, tetragon, kunai
    }

    private let plain: [LogSourceID]
    private let table: [[(name: [UInt8], source: LogSourceID)]]

    init(_ vocabulary: Vocabulary) {
        plain = Sensor.allCases.map { vocabulary.source(LogSource(product: "linux", service: "\($0)")) }
        table = Sensor.allCases.map { sensor in
            Self.categories(of: sensor).flatMap { category, names in
                let source = vocabulary.source(LogSource(product: "linux", category: category, service: "\(sensor)"))
                return names.map { (Array($0.utf8), source) }
            }
        }
    }

    /// The log source of a sensor's event; one of its service alone for kinds Sigma has no category for.
    func source(_ sensor: Sensor, _ name: Span<UInt8>) -> LogSourceID {
        for entry in table[sensor.rawValue] where equalBytes(entry.name.span, name) { return entry.source }
        return plain[sensor.rawValue]
    }

    /// Falco's `evt.type` is the system call, of which an alert tells only where its rule prints it; Tetragon's kind of
    /// event, or the kernel function of a kprobe; Kunai's event name.
    private static func categories(of sensor: Sensor) -> [(category: String, names: [String])] {
        switch sensor {
        case .falco:
            [
                ("process_creation", ["execve", "execveat"]), ("network_connection", ["connect"]),
                ("file_delete", ["unlink", "unlinkat"]),
            ]
        case .tetragon:
            [
                ("process_creation", ["process_exec"]), ("process_termination", ["process_exit"]),
                ("network_connection", ["tcp_connect"]),
            ]
        case .kunai:
            [
                ("process_creation", ["execve", "execve_script"]), ("process_termination", ["exit_group"]),
                ("network_connection", ["connect"]), ("file_event", ["file_create"]),
                ("file_delete", ["file_unlink"]), ("file_rename", ["file_rename"]), ("dns_query", ["dns_query"]),
            ]
        }
    }
}

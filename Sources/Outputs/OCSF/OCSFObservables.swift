// SPDX-License-Identifier: Apache-2.0
import Alerts

/// The values of a finding worth pivoting on, as OCSF observables: each once, at the place it was first seen.
struct OCSFObservables {
    /// A place in an evidence and the type of observable OCSF gives it.
    private struct Place {
        let path: [String]
        let type: Int64
        let title: String
    }

    private static let places = [
        Place(path: ["device", "hostname"], type: 1, title: "Hostname"),
        Place(path: ["src_endpoint", "ip"], type: 2, title: "IP Address"),
        Place(path: ["dst_endpoint", "ip"], type: 2, title: "IP Address"),
        Place(path: ["dst_endpoint", "hostname"], type: 1, title: "Hostname"),
        Place(path: ["query", "hostname"], type: 1, title: "Hostname"),
        Place(path: ["actor", "user", "name"], type: 4, title: "User Name"),
        Place(path: ["process", "user", "name"], type: 4, title: "User Name"),
        Place(path: ["process", "name"], type: 9, title: "Process Name"),
        Place(path: ["process", "cmd_line"], type: 13, title: "Command Line"),
        Place(path: ["process", "file", "path"], type: 45, title: "File Path"),
        Place(path: ["file", "path"], type: 45, title: "File Path"),
        Place(path: ["reg_key", "path"], type: 46, title: "Registry Key Path"),
    ]

    /// The list; nil when there is nothing to list.
    let json: JSONValue?

    init(_ evidences: [JSONValue]) {
        var seen: Set<[String]> = []
        var list: [JSONValue] = []
        for (index, evidence) in evidences.enumerated() {
            for place in Self.places {
                let found = place.path.reduce(Optional(evidence)) { value, key in value?[key] }
                guard case .string(let text) = found, seen.insert([place.title, text]).inserted else { continue }
                list.append([
                    "name": .string("evidences[\(index)]." + place.path.joined(separator: ".")),
                    "type_id": .integer(place.type), "type": .string(place.title), "value": .string(text),
                ])
            }
        }
        json = list.isEmpty ? nil : .array(list)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// Event logs as the PyPI package `evtx` dumps them to JSON: an independent reading to compare with.
struct EVTXDump {
    /// One dumped record.
    struct Record {
        var file: Int
        var id: UInt64
        /// The record as JSON on one line.
        var json: String
        /// Fields by the names rules know them by; nil for null, in the order of the dump.
        var fields: [String: [String?]] = [:]

        /// The values of a field.
        func values(in name: String) -> [String] { fields[name, default: []].map { $0 ?? "" } }
    }

    var records: [Record] = []

    /// Dumps files.
    init(_ paths: [String]) throws {
        for (file, id, json) in try EVTXOracle.dump(paths) {
            guard let object = try JSONSerialization.jsonObject(with: json) as? [String: Any],
                let event = object["Event"] as? [String: Any]
            else { throw EVTXOracle.Failed() }
            var record = Record(file: file, id: id, json: String(decoding: json, as: UTF8.self))
            // The system part comes first, as it does in the record.
            for (section, content) in event.sorted(by: { $0.key == "System" || ($1.key != "System" && $0.key < $1.key) }
            )
            where section != "#attributes" {
                switch section {
                case "System":
                    for (name, value) in content as? [String: Any] ?? [:] { record.add(system: name, value) }
                case "EventData": record.add([], content, "Event.EventData")
                case "UserData":
                    for (name, value) in content as? [String: Any] ?? [:] {
                        record.add([], value, "Event.UserData." + name)
                    }
                default:
                    for (name, value) in content as? [String: Any] ?? [:] {
                        record.add(["Event", section, name], value, "")
                    }
                }
            }
            records.append(record)
        }
    }
}

extension EVTXDump.Record {
    fileprivate mutating func add(system name: String, _ value: Any) {
        guard let object = value as? [String: Any] else {
            // Empty elements of the system part give no field.
            if !(value is NSNull) { put(name, value) }
            return
        }
        for (attribute, value) in object["#attributes"] as? [String: Any] ?? [:] { put("\(name)_\(attribute)", value) }
        if let text = object["#text"] { put(name, text) }
    }

    /// Adds everything below a path; `alone` names a value without one.
    fileprivate mutating func add(_ path: [String], _ value: Any, _ alone: String) {
        guard let object = value as? [String: Any] else {
            put(path.isEmpty ? alone : path.joined(separator: "."), value)
            return
        }
        for (key, value) in object {
            switch key {
            case "#attributes":
                for (name, value) in value as? [String: Any] ?? [:] {
                    put((path + [name]).joined(separator: "."), value)
                }
            case "#text": put(path.joined(separator: "."), value)
            default: add(path + [key], value, "")
            }
        }
    }

    private mutating func put(_ name: String, _ value: Any) {
        let name = name.filter { $0 != " " }
        for item in value as? [Any] ?? [value] { fields[name, default: []].append(Self.text(item)) }
    }

    private static func text(_ value: Any) -> String? {
        switch value {
        case is NSNull: return nil
        case let text as String: return text
        case let number as NSNumber:
            // JSONSerialization's booleans are numbers, too, of one character.
            if String(cString: number.objCType) == "c" { return number.boolValue ? "true" : "false" }
            return number.stringValue
        default: return "\(value)"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation

/// An event as an OCSF evidence artifact.
///
/// Every field of the event is kept in `data`; what OCSF has a place for is there as well. An object is only written
/// when what OCSF demands of it is known (a process needs a pid or a unique id).
struct OCSFEvidence: JSONRepresentable {
    let json: JSONValue

    init(_ event: EventSnapshot) {
        let fields = Fields(event)
        let container = Self.container(fields)
        json = .compact([
            "name": .string("\(event.path):\(event.position)"),
            "process": Self.process(fields, container: container), "actor": Self.actor(fields),
            "user": Self.user(fields["User"]), "container": container, "file": Self.file(fields),
            "src_endpoint": Self.endpoint(
                fields, ip: ["SourceIp", "IpAddress", "sourceIPs"], "SourcePort", "SourceHostname"),
            "dst_endpoint": Self.endpoint(fields, ip: ["DestinationIp"], "DestinationPort", "DestinationHostname"),
            "query": fields["QueryName"].map { ["hostname": .string($0)] },
            "reg_key": fields["TargetObject"].map { ["path": .string($0)] }, "script": Self.script(fields),
            "api": Self.api(fields), "resources": Self.resource(fields).map { .array([$0]) },
            "device": event.hostName.map { ["hostname": .string($0), "type_id": 0] }, "data": event.json,
        ])
    }

    /// The event's fields as text, empty ones left out.
    private struct Fields {
        let event: EventSnapshot
        init(_ event: EventSnapshot) { self.event = event }
        subscript(_ name: String) -> String? {
            guard let text = event.fields.text(name), !text.isEmpty else { return nil }
            return text
        }
        func integer(_ name: String, _ range: ClosedRange<Int64>) -> JSONValue? {
            self[name].flatMap { Int64($0) }.flatMap { range.contains($0) ? .integer($0) : nil }
        }
    }

    private static func process(_ fields: Fields, container: JSONValue?) -> JSONValue? {
        let process = processEntity(
            fields, pid: "ProcessId", uid: "ProcessGuid", image: "Image", command: "CommandLine", user: "User")
        guard case .object(var members) = process else { return nil }
        if let folder = fields["CurrentDirectory"] { members.append(.init("working_directory", .string(folder))) }
        if let container { members.append(.init("container", container)) }
        let parent = processEntity(
            fields, pid: "ParentProcessId", uid: "ParentProcessGuid", image: "ParentImage",
            command: "ParentCommandLine", user: "ParentUser")
        if let parent { members.append(.init("parent_process", parent)) }
        return .object(members)
    }

    private static func processEntity(
        _ fields: Fields, pid: String, uid: String, image: String, command: String, user: String
    ) -> JSONValue? {
        let number = fields.integer(pid, 0...Int64(UInt32.max))
        guard number != nil || fields[uid] != nil else { return nil }
        let path = fields[image]
        let hashes = image == "Image" ? hashes(fields) : []
        return .compact([
            "name": path.map { .string(baseName($0)) }, "pid": number, "uid": fields[uid].map(JSONValue.string),
            "file": path.map { path in
                .compact([
                    "name": .string(baseName(path)), "path": .string(path), "type_id": 1, "type": "Regular File",
                    "hashes": hashes.isEmpty ? nil : .array(hashes),
                ])
            },
            "cmd_line": fields[command].map(JSONValue.string), "user": Self.user(fields[user]),
        ])
    }

    private static func hashes(_ fields: Fields) -> [JSONValue] {
        [("md5", 1, "MD5"), ("sha1", 2, "SHA-1"), ("sha256", 3, "SHA-256")].compactMap { name, id, title in
            fields[name].map {
                ["algorithm_id": .integer(id), "algorithm": .string(title), "value": .string($0)]
            }
        }
    }

    private static func user(_ name: String?) -> JSONValue? { name.map { ["name": .string($0)] } }

    private static func actor(_ fields: Fields) -> JSONValue? {
        user(fields["user.username"] ?? fields["SubjectUserName"] ?? fields["User"]).map { ["user": $0] }
    }

    private static func container(_ fields: Fields) -> JSONValue? {
        guard fields["container.id"] != nil || fields["container.name"] != nil else { return nil }
        let image = fields["container.image.name"]
        return .compact([
            "uid": fields["container.id"].map(JSONValue.string), "name": fields["container.name"].map(JSONValue.string),
            "runtime": fields["container.runtime"].map(JSONValue.string),
            "image": (fields["container.image.hash"] ?? image).map { uid in
                .compact(["uid": .string(uid), "name": image.map(JSONValue.string)])
            },
        ])
    }

    private static func file(_ fields: Fields) -> JSONValue? {
        fields["TargetFilename"].map { path in
            ["name": .string(baseName(path)), "path": .string(path), "type_id": 0, "type": "Unknown"]
        }
    }

    private static func endpoint(_ fields: Fields, ip: [String], _ port: String, _ name: String) -> JSONValue? {
        let address = ip.lazy.compactMap { fields[$0] }.first(where: isAddress)
        guard address != nil || fields[name] != nil else { return nil }
        return .compact([
            "ip": address.map(JSONValue.string), "port": fields.integer(port, 0...65535),
            "hostname": fields[name].map(JSONValue.string),
        ])
    }

    private static func script(_ fields: Fields) -> JSONValue? {
        if let code = fields["python.code"] {
            return ["type_id": 3, "type": "Python", "script_content": ["value": .string(code)]]
        }
        return fields["ScriptBlockText"].map {
            ["type_id": 2, "type": "PowerShell", "script_content": ["value": .string($0)]]
        }
    }

    private static func api(_ fields: Fields) -> JSONValue? {
        guard let verb = fields["verb"] else { return nil }
        return .compact([
            "operation": .string(verb), "request": fields["auditID"].map { ["uid": .string($0)] },
            "response": fields.integer("responseStatus.code", 0...Int64(Int32.max)).map { ["code": $0] },
        ])
    }

    private static func resource(_ fields: Fields) -> JSONValue? {
        guard let type = fields["objectRef.resource"] else { return nil }
        return .compact([
            "name": .string(fields["objectRef.name"] ?? type), "type": .string(type),
            "namespace": fields["objectRef.namespace"].map(JSONValue.string),
        ])
    }

    /// What follows the last `/` or `\`.
    private static func baseName(_ path: String) -> String {
        path.lastIndex { $0 == "/" || $0 == "\\" }.map { String(path[path.index(after: $0)...]) }
            .flatMap { $0.isEmpty ? nil : $0 } ?? path
    }

    /// Whether OCSF takes the text for an address: one the system can read, of at most 40 characters.
    private static func isAddress(_ text: String) -> Bool {
        guard text.utf8.count <= 40 else { return false }
        // SAFETY: the buffer is as large as the largest address inet_pton writes.
        var buffer = in6_addr()
        return inet_pton(AF_INET, text, &buffer) == 1 || inet_pton(AF_INET6, text, &buffer) == 1
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts

extension Alert {
    /// Who did it, on one line: `root on web1 · /usr/bin/python3.11 (pid 4711) · container c0ffee123456`.
    var actor: String {
        let first = events.first?.fields ?? NamedValues()
        switch entity.kind {
        case .process:
            let program = entity.fields.text("image").map { image in
                // The number of one process says nothing about several.
                image + (count == 1 ? first.text("ProcessId").map { " (pid \($0))" } ?? "" : "")
            }
            return joined([account, program, container(entity.fields.text("container"), first)])
        case .container:
            let id = entity.fields.text("container")
            return joined([
                container(id, first) ?? entity.fields.text("image"), entity.fields.text("host").map { "on " + $0 },
            ])
        case .group:
            if let container = container(first.text("container.id"), first) { return container }
            return joined([entity.id, isDocker ? nil : account, isDocker ? nil : first.text("Image")])
        case .user: return joined([account])
        case .address, .host, .kubernetes, .all: return entity.id
        }
    }

    private var isDocker: Bool { source?.logsource.hasPrefix("docker/") ?? false }

    private func joined(_ parts: [String?]) -> String {
        let present = parts.compactMap { $0 }
        return present.isEmpty ? entity.id : present.joined(separator: " · ")
    }

    /// `mallory on web1`; a number is named where the event has the name, and 0 is root on every Unix.
    private var account: String? {
        let first = events.first?.fields ?? NamedValues()
        let host = entity.fields.text("host") ?? events.first?.hostName
        guard let user = entity.fields.text("user") ?? first.text("User") else { return host }
        var name = user
        if user.allSatisfy(\.isNumber) {
            name = first.text("UID") ?? first.text("user.name") ?? (user == "0" ? "root" : "uid " + user)
        }
        // Who logged in is whom to ask when the process runs as another account.
        if let login = first.text("AUID") ?? first.text("auid"), !Self.isUnset(login),
            login != user, login != name, login != first.text("euid"), login != first.text("uid")
        {
            name += " (login " + (login.allSatisfy(\.isNumber) ? "uid " : "") + login + ")"
        }
        return name + (host.map { " on " + $0 } ?? "")
    }

    /// The kernel's word for no login: -1 as an unsigned number, or what tools make of it.
    private static func isUnset(_ login: String) -> Bool { ["4294967295", "-1", "unset", ""].contains(login) }

    private func container(_ id: String?, _ fields: NamedValues) -> String? {
        let short = id.map { $0.utf8.count == 64 ? String($0.prefix(12)) : $0 }
        let name = fields.text("container.name")
        let image = fields.text("container.image.name").map { " (\($0))" } ?? ""
        guard short != nil || name != nil else { return nil }
        let shownName = name == short ? nil : name
        return (["container", shownName, short].compactMap { $0 }.joined(separator: " ")) + image
    }
}

extension CorrelationDetail {
    /// What was measured, in words: `12 events within 5 min`.
    var inWords: String {
        let number = value.map { JSONValue.number($0).text } ?? ""
        let names = group.entries.map(\.name).joined(separator: ", ")
        let window = " within " + Self.words(timespan) + (names.isEmpty ? "" : " for the same " + names)
        return switch type {
        case "event_count": "\(number) events" + window
        case "value_count": "\(number) different values" + window
        case "temporal": "all of its rules" + window
        case "temporal_ordered": "all of its rules, in their order" + window
        default: "\(type)\(number.isEmpty ? "" : " = " + number)" + window
        }
    }

    private static func words(_ seconds: Int) -> String {
        for (unit, length) in [("days", 86_400), ("h", 3600), ("min", 60)]
        where seconds >= 2 * length && seconds % length == 0 { return "\(seconds / length) \(unit)" }
        return seconds == 86_400 ? "a day" : seconds == 3600 ? "an hour" : "\(seconds) s"
    }
}

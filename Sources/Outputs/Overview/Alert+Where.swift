// SPDX-License-Identifier: Apache-2.0
import Alerts

/// Where an alert happened and who did it, a value each: what is counted and what spreadsheets filter by.
extension Alert {
    /// The hosts it happened on.
    var hosts: [String] {
        if let host = entity.fields.text("host") { return [host] }
        var found: [String] = []
        for host in events.compactMap(\.host) where !found.contains(host) { found.append(host) }
        return found
    }

    /// Whose account it was, by name where an event has the name; nil when nothing says.
    var user: String? { (entity.fields.text("user") ?? events.first?.user).map { events.first?.named($0) ?? $0 } }

    /// The program that acted.
    var program: String? {
        (entity.kind == .process ? entity.fields.text("image") : nil) ?? events.first?.fields.text("Image")
    }
}

extension EventSnapshot {
    /// The host it happened on.
    var host: String? { first(of: ["host.name", "Computer", "node"]) }

    /// Whose account it was, by name where the event has the name.
    var user: String? {
        first(of: [
            "User", "SubjectUserName", "user.username", "user.name", "TargetUserName", "AccountName", "acct", "UID",
            "uid",
        ]).map(named)
    }

    /// The name of an account that is told by its number; 0 is root on every Unix.
    func named(_ user: String) -> String {
        guard user.allSatisfy(\.isNumber) else { return user }
        return first(of: ["UID", "user.name"]) ?? (user == "0" ? "root" : "uid " + user)
    }

    /// The first of some fields that has text.
    func first(of names: [String]) -> String? {
        for name in names { if let text = fields.text(name), !text.isEmpty { return text } }
        return nil
    }
}

// SPDX-License-Identifier: Apache-2.0

/// How wrapped and decorated field names come to the names rules use.
///
/// Works on Strings: asked once for each name.
enum FieldNaming {
    /// The name rules know `name` by, and whether it replaces the native one; nil when it is that already.
    ///
    /// - `Event.System.Provider.#attributes.Name` is `Provider_Name`, `Event.EventData.Image` is `Image`, and
    ///   `Event.UserData.EventXML.Param1` is `Param1` (shapes written by EVTX dumpers; the native name is dropped).
    /// - `winlog.event_data.Image` is `Image` (Winlogbeat), `auditd.data.a0` is `a0` (Auditbeat); both names stay.
    /// - `Threat Name` is `ThreatName` (Sigma specification 2.1: spaces are removed from field names); both stay.
    static func alias(of name: String) -> (name: String, replaces: Bool)? {
        if let rest = name.dropping("Event.") {
            if let path = rest.dropping("System.") { return named(systemName(path), replaces: true, instead: name) }
            if let path = rest.dropping("EventData.") { return named(dataName(path), replaces: true, instead: name) }
            if let path = rest.dropping("UserData.") {
                // The element between UserData and the fields only names the provider's template.
                guard let dot = path.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
                return named(dataName(path[dot...].dropFirst()), replaces: true, instead: name)
            }
        }
        if let path = name.dropping("System."), systemElements.contains(firstSegment(path)) {
            return named(systemName(path), replaces: false, instead: name)
        }
        if let path = name.dropping("EventData.") { return named(dataName(path), replaces: false, instead: name) }
        for prefix in ["winlog.event_data.", "winlog.user_data.", "auditd.data."] {
            if let path = name.dropping(prefix) { return named(dataName(path), replaces: false, instead: name) }
        }
        guard name.utf8.contains(UInt8(ascii: " ")) else { return nil }
        return named(withoutSpaces(name), replaces: false, instead: name)
    }

    /// Whether the field's values are `NAME=value` pairs of a container's environment.
    static func holdsSecrets(_ name: String) -> Bool {
        name == "Env" || name.hasSuffix("Config.Env") || name.hasSuffix("Spec.Env")
    }

    /// Elements of `System` in the event schema; other records may have a `System` of their own.
    private static let systemElements: Set<String> = [
        "Provider", "EventID", "Version", "Level", "Task", "Opcode", "Keywords", "TimeCreated", "EventRecordID",
        "Correlation", "Execution", "Channel", "Computer", "Security",
    ]

    private static func firstSegment(_ path: Substring) -> String {
        let end = path.utf8.firstIndex(of: UInt8(ascii: ".")) ?? path.endIndex
        return String(path[..<end])
    }

    private static func named(_ alias: String, replaces: Bool, instead name: String) -> (name: String, replaces: Bool)?
    {
        alias.isEmpty || alias == name ? nil : (alias, replaces)
    }

    // PERF: bytes, not characters, of which names have none that combine with a dot or a space.
    private static func parts(of path: Substring) -> [Substring] {
        path.utf8.split(separator: UInt8(ascii: ".")).map { Substring($0) }
    }

    private static func withoutSpaces(_ name: String) -> String {
        guard name.utf8.contains(UInt8(ascii: " ")) else { return name }
        return String(decoding: name.utf8.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self)
    }

    /// `Provider.#attributes.Name`, `Provider.@Name`, `Provider_attributes.Name` and `Provider.Name` are
    /// `Provider_Name`; `EventID.#text` and `EventID.Value` are `EventID`.
    private static func systemName(_ path: Substring) -> String {
        var parts: [Substring] = []
        for part in Self.parts(of: path) {
            switch part {
            case "#attributes", "#text", "$t", "Value": continue
            default:
                var kept = part
                if kept.hasPrefix("@") { kept = kept.dropFirst() }
                if kept.hasSuffix("_attributes") { kept = kept.dropLast("_attributes".count) }
                parts.append(kept)
            }
        }
        return withoutSpaces(parts.joined(separator: "_"))
    }

    /// `Data.#text` is `Data`; other names only lose decoration and spaces.
    private static func dataName(_ path: Substring) -> String {
        if path == "Data" || path == "Data.#text" || path == "Data.$t" || path == "Data.content" { return "Data" }
        // Pairs of a name and a text are put together by the reader; alone they are no field of the event.
        if path.hasPrefix("Data.") { return "" }
        if !path.utf8.contains(UInt8(ascii: ".")), !path.hasPrefix("@") { return withoutSpaces(String(path)) }
        var parts: [Substring] = []
        for part in Self.parts(of: path) where part != "#text" && part != "#attributes" && part != "$t" {
            parts.append(part.hasPrefix("@") ? part.dropFirst() : part)
        }
        return withoutSpaces(parts.joined(separator: "."))
    }
}

extension String {
    /// The rest after a prefix; nil when the string does not start with it.
    fileprivate func dropping(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...] : nil
    }
}

extension Substring {
    fileprivate func dropping(_ prefix: String) -> Substring? {
        hasPrefix(prefix) ? self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...] : nil
    }
}

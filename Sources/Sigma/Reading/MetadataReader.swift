// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Reads what all Sigma documents carry (specification 2.1, "Rules", and the same keys of the other documents).
///
/// Meta data never decides what matches, so slips in it are warnings and the document is used. A value of the wrong
/// kind is dropped with a warning; a level or status nobody knows is kept under `Metadata.custom`.
struct MetadataReader {
    /// The values `status` may have.
    static let statuses = ["stable", "test", "experimental", "deprecated", "unsupported"]

    private static let known: Set<String> = [
        "title", "id", "name", "status", "description", "author", "references", "date", "modified", "tags",
        "falsepositives", "level", "license", "fields", "logsource", "detection", "correlation", "filter", "action",
    ]

    /// Reads the meta data of a document.
    static func read(_ document: YAMLNode, _ context: inout ReadingContext) -> Metadata {
        let location = context.place(document)
        var metadata = Metadata(title: text("title", document, &context) ?? "", location: location)
        if metadata.title.isEmpty {
            context.warn(.missingTitle, "the document has no title", at: location)
            metadata.title = "Untitled (line \(location.line))"
        }
        metadata.id = text("id", document, &context)
        metadata.name = text("name", document, &context)
        metadata.description = text("description", document, &context)
        metadata.author = author(document, &context)
        metadata.license = text("license", document, &context)
        metadata.date = date("date", document, &context)
        metadata.modified = date("modified", document, &context)
        metadata.references = list("references", document, &context)
        metadata.tags = list("tags", document, &context)
        metadata.falsePositives = list("falsepositives", document, &context)
        metadata.fields = list("fields", document, &context)
        for entry in document.mapping ?? [] where !known.contains(entry.key.text) {
            metadata.custom[entry.key.text] = entry.value.text ?? entry.value.json
        }
        if let id = metadata.id, let entry = document["id"], !isUUID(id) {
            context.warn(.badID, "the id '\(id)' is not a UUID", at: context.place(entry))
        }
        readStatus(document, &metadata, &context)
        readLevel(document, &metadata, &context)
        return metadata
    }

    private static func readStatus(
        _ document: YAMLNode, _ metadata: inout Metadata, _ context: inout ReadingContext
    ) {
        guard let node = document["status"], let status = text("status", document, &context) else { return }
        metadata.status = status
        if !statuses.contains(status) {
            let hint = NearestName.hint(for: status, among: statuses)
            context.warn(
                .unknownStatus, "the status '\(status)' is none of \(statuses.joined(separator: ", "))\(hint)",
                at: context.place(node))
        }
    }

    private static func readLevel(_ document: YAMLNode, _ metadata: inout Metadata, _ context: inout ReadingContext) {
        guard let node = document["level"], let level = text("level", document, &context) else { return }
        metadata.level = Level(rawValue: level.lowercased())
        if metadata.level == nil {
            metadata.custom["level"] = level
            let levels = Level.allCases.map(\.rawValue)
            let hint = NearestName.hint(for: level, among: levels)
            context.warn(
                .unknownLevel, "the level '\(level)' is none of \(levels.joined(separator: ", "))\(hint)",
                at: context.place(node))
        }
    }

    /// A single text; other kinds of values give a warning and nil.
    static func text(_ key: String, _ document: YAMLNode, _ context: inout ReadingContext) -> String? {
        guard let node = document[key], !node.isNull else { return nil }
        if let text = node.text { return text }
        context.warn(.wrongType, "'\(key)' wants text, not \(node.kindName); it is left out", at: context.place(node))
        return nil
    }

    /// A list of texts; a single text counts as a list of one.
    static func list(_ key: String, _ document: YAMLNode, _ context: inout ReadingContext) -> [String] {
        guard let node = document[key], !node.isNull else { return [] }
        if let text = node.text { return [text] }
        guard let elements = node.sequence else {
            context.warn(
                .wrongType, "'\(key)' wants a list of texts, not \(node.kindName); it is left out",
                at: context.place(node))
            return []
        }
        return elements.compactMap { element in
            if let text = element.text { return text }
            if !element.isNull {
                context.warn(
                    .wrongType, "'\(key)' holds \(element.kindName) where it wants text; it is kept as JSON",
                    at: context.place(element))
                return element.json
            }
            return nil
        }
    }

    /// Authors are often written as a list; they are joined.
    private static func author(_ document: YAMLNode, _ context: inout ReadingContext) -> String? {
        guard let node = document["author"], node.sequence != nil else { return text("author", document, &context) }
        return list("author", document, &context).joined(separator: ", ")
    }

    private static func date(_ key: String, _ document: YAMLNode, _ context: inout ReadingContext) -> String? {
        guard let date = text(key, document, &context) else { return nil }
        if !isDate(date) {
            let place = document[key].map(context.place) ?? context.place(document)
            context.warn(.badDate, "'\(date)' is not a date of the form 2026-01-31", at: place)
        }
        return date
    }

    /// `YYYY-MM-DD` with a day the month has (ISO 8601; Gregorian calendar).
    static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), 1...12 ~= month
        else { return false }
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return 1...days[month - 1] ~= day
    }

    /// Eight, four, four, four and twelve hexadecimal digits.
    static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.utf8.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}

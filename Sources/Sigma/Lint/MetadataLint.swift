// SPDX-License-Identifier: Apache-2.0

/// Findings about titles, ids, tags and the like.
enum MetadataLint {
    /// Longest title, in characters (specification 2.1, "Title").
    static let maximumTitle = 256

    /// Checks one document.
    static func check(_ metadata: Metadata, _ findings: inout RuleLint.Findings) {
        let place = metadata.location
        if metadata.id == nil { findings.add(.missingID, "the document has no id", at: place) }
        if metadata.level == nil, metadata.custom["level"] == nil {
            findings.add(.missingLevel, "the document has no level", at: place)
        }
        if metadata.status == nil { findings.add(.missingStatus, "the document has no status", at: place) }
        if metadata.description?.isEmpty ?? true {
            findings.add(.missingDescription, "the document has no description", at: place)
        }
        if metadata.title.count > maximumTitle {
            findings.add(.titleTooLong, "the title has \(metadata.title.count) characters", at: place)
        }
        for tag in metadata.tags where !isTag(tag) {
            findings.add(.badTag, "the tag '\(tag)' is not of the form namespace.name in lower case", at: place)
        }
    }

    /// Checks that false positives say something.
    static func checkFalsePositives(_ metadata: Metadata, _ findings: inout RuleLint.Findings) {
        let empty: Set<String> = ["unknown", "none", "unlikely", "n/a", "na", "no", "-", ""]
        let useful = metadata.falsePositives.filter { text in
            !empty.contains(text.lowercased().trimmingSuffix { $0 == "." || $0 == " " })
        }
        if useful.isEmpty {
            let found = metadata.falsePositives.first.map { "say only '\($0)'" } ?? "are left out"
            findings.add(.weakFalsePositives, "the false positives \(found)", at: metadata.location)
        }
    }

    /// Checks that ids (without regard to case) and names are unique.
    static func checkUnique(_ documents: [Metadata], _ findings: inout RuleLint.Findings) {
        var ids: [String: Metadata] = [:]
        var names: [String: Metadata] = [:]
        for document in documents {
            if let id = document.id, let other = ids.updateValueIfAbsent(document, forKey: id.lowercased()) {
                findings.add(.duplicateID, "the id \(id) is also that of \(other.location)", at: document.location)
            }
            if let name = document.name, let other = names.updateValueIfAbsent(document, forKey: name) {
                findings.add(
                    .duplicateName, "the name '\(name)' is also that of \(other.location)", at: document.location)
            }
        }
    }

    /// `namespace.name`: letters in lower case, digits, `-` and `_`; the name may hold further dots.
    private static func isTag(_ tag: String) -> Bool {
        let parts = tag.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count >= 2
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-")
                            || byte == UInt8(ascii: "_")
                    }
            }
    }
}

extension Dictionary {
    /// Sets the value if the key has none; gives the one that is there otherwise.
    fileprivate mutating func updateValueIfAbsent(_ value: Value, forKey key: Key) -> Value? {
        if let existing = self[key] { return existing }
        self[key] = value
        return nil
    }
}

extension String {
    /// The text without the characters at its end for which the test holds.
    fileprivate func trimmingSuffix(while test: (Character) -> Bool) -> String {
        var text = Substring(self)
        while let last = text.last, test(last) { text.removeLast() }
        return String(text)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Yams

/// The field catalogue and the files made of it.
struct FieldCatalogue {
    struct Entry: Decodable {
        var name: String
        var type: String
        var origin: String
        var about: String
    }

    var entries: [Entry]

    init(yaml: String) throws {
        entries = try YAMLDecoder().decode([Entry].self, from: yaml)
    }

    /// `container.image.name` becomes `containerImageName`, `CommandLine` becomes `commandLine`, `EUID` becomes `EUID`.
    static func constant(_ name: String) -> String {
        let parts = name.split { $0 == "." || $0 == "_" || $0 == "-" }
        guard let first = parts.first else { return name }
        let head = first.allSatisfy(\.isUppercase) ? String(first) : first.prefix(1).lowercased() + first.dropFirst()
        let whole = head + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        return ["self", "init", "protocol"].contains(whole) ? "`\(whole)`" : whole
    }

    var swift: String {
        var text = """
            // SPDX-License-Identifier: Apache-2.0
            // Made by scripts/generate from fields.yml. Edit that file instead.

            extension FieldID {

            """
        for (index, entry) in entries.enumerated() {
            text += "    /// \(entry.about)\n"
            text += "    public static let \(Self.constant(entry.name)) = FieldID(rawValue: \(index))\n"
        }
        text += """
            }

            extension FieldCatalogue {
                /// Names of the catalogued fields; a field's position is its `FieldID`.
                public static let names: [String] = [

            """
        for entry in entries { text += "        \"\(entry.name)\",\n" }
        return text + "    ]\n}\n"
    }

    var markdown: String {
        var text = """
            # Fields

            <!-- Made by scripts/generate from Sources/Events/Catalogue/fields.yml. Edit that file instead. -->

            Rules name these fields. A reader maps its format to them; what it cannot map stays reachable under the
            source's own name, nested names joined by dots. `[]` marks fields that can hold several values: a rule
            matches when any of them does.

            | field | type | origin | meaning |
            |---|---|---|---|

            """
        for entry in entries.sorted(by: { $0.name.lowercased() < $1.name.lowercased() }) {
            text += "| `\(entry.name)` | \(entry.type) | \(entry.origin) | \(entry.about) |\n"
        }
        return text
    }
}

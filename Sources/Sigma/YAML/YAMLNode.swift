// SPDX-License-Identifier: Apache-2.0

/// A node of a YAML document with its place in the file: what the readers of rules and pipelines work on, so that the
/// YAML library is seen by `YAMLDocuments` alone.
package struct YAMLNode: Sendable {
    /// What the node is.
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    /// What the node is.
    package var content: Content
    /// Line in the file, from 1.
    package var line: Int
    /// Column in Unicode scalars, from 1.
    package var column: Int

    /// The entries when the node is a mapping.
    package var mapping: [YAMLEntry]? {
        if case .mapping(let entries) = content { entries } else { nil }
    }

    /// The elements when the node is a sequence.
    package var sequence: [YAMLNode]? {
        if case .sequence(let elements) = content { elements } else { nil }
    }

    /// The scalar when the node is one.
    package var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    /// The scalar's text unless it is null; nil for everything else.
    package var text: String? {
        guard let scalar, !scalar.isNull else { return nil }
        return scalar.text
    }

    /// Whether the node is a null scalar.
    package var isNull: Bool { scalar?.isNull ?? false }

    /// The value under a key of a mapping.
    package subscript(key: String) -> YAMLNode? { mapping?.first { $0.key.text == key }?.value }

    /// What kind of node this is, for messages.
    package var kindName: String {
        switch content {
        case .scalar(let scalar): scalar.isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }

    /// The node as compact JSON: how nested custom keys are kept as text.
    package var json: String {
        switch content {
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: "null"
            case .boolean(let flag): flag ? "true" : "false"
            case .integer(let number): String(number)
            default: JSONText.quoted(scalar.text)
            }
        case .sequence(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
        case .mapping(let entries):
            "{" + entries.map { JSONText.quoted($0.key.text) + ":" + $0.value.json }.joined(separator: ",") + "}"
        }
    }
}

/// A key of a mapping and what stands under it.
package struct YAMLEntry: Sendable {
    /// The key.
    package var key: YAMLScalar
    /// Line of the key.
    package var line: Int
    /// Column of the key.
    package var column: Int
    /// What stands under it.
    package var value: YAMLNode
}

/// A scalar as it is written.
package struct YAMLScalar: Sendable {
    /// The text, after YAML's own unescaping and folding.
    package var text: String
    /// Whether it can only be a string: quoted, a block scalar, or tagged `!!str`.
    package var isString: Bool
}

/// Writing strings as JSON.
enum JSONText {
    /// The string in quotes, escaped as RFC 8259 section 7 asks.
    static func quoted(_ text: String) -> String {
        var output = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    output.unicodeScalars.append(scalar)
                }
            }
        }
        return output + "\""
    }
}

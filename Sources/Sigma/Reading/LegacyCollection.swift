// SPDX-License-Identifier: Apache-2.0

/// The collections of Sigma 1: `action: global`, `reset` and `repeat` (gone from the text of version 2; merged as
/// pySigma does).
///
/// They reach to the end of their file.
struct LegacyCollection {
    private var global: YAMLNode?
    private var previous: YAMLNode?

    /// The document to read in place of this one; nil when it only prepares others.
    mutating func expand(_ node: YAMLNode, _ context: ReadingContext) throws(Refusal) -> YAMLNode? {
        guard let entries = node.mapping else { return node }
        guard let action = node["action"] else {
            let document = global.map { Self.merge(node, with: $0) } ?? node
            previous = document
            return document
        }
        var bare = node
        bare.content = .mapping(entries.filter { $0.key.text != "action" })
        switch action.text {
        case "global":
            global = bare
            previous = bare
            return nil
        case "reset":
            global = nil
            return nil
        case "repeat":
            guard let before = previous else {
                throw Refusal(
                    .unknownAction, "'action: repeat' has no document before it to repeat", at: context.place(action))
            }
            let document = Self.merge(before, with: bare)
            previous = document
            return document
        default:
            throw Refusal(
                .unknownAction, "'\(action.text ?? action.kindName)' is no action; there are global, reset, repeat",
                at: context.place(action))
        }
    }

    /// `base` with the keys of `other` set; maps that both have are merged in turn.
    ///
    /// Nesting is bounded by the reader.
    private static func merge(_ base: YAMLNode, with other: YAMLNode) -> YAMLNode {
        guard var entries = base.mapping, let changes = other.mapping else { return other }
        var positions: [String: Int] = [:]
        for (index, entry) in entries.enumerated() { positions[entry.key.text] = index }
        for change in changes {
            if let index = positions[change.key.text] {
                entries[index].value = merge(entries[index].value, with: change.value)
            } else {
                entries.append(change)
            }
        }
        var merged = base
        merged.content = .mapping(entries)
        merged.line = other.line > base.line ? other.line : base.line
        merged.column = base.column
        return merged
    }
}

// SPDX-License-Identifier: Apache-2.0
import Strategies

// What an alert carries of its strategy's document, as JSON; `docs/reference/alerts.md` describes it.

extension Suppression.Agreement: JSONRepresentable {
    /// The longest text kept, in bytes.
    public static let longestText = 1024

    /// The JSON form.
    public var json: JSONValue {
        ["id": .string(id), "owner": .text(owner), "reason": .text(reason), "expires": .text(expires)]
    }

    /// The agreement with texts that are not too long for an alert.
    var bounded: Suppression.Agreement {
        func cut(_ text: String?) -> String? { text.map { Bounded.text($0, limit: Self.longestText) } }
        return Suppression.Agreement(
            id: Bounded.text(id, limit: Self.longestText), owner: cut(owner), reason: cut(reason), expires: cut(expires)
        )
    }
}

extension BlindSpot: JSONRepresentable {
    /// The JSON form.
    public var json: JSONValue { ["id": .string(id), "statement": .string(statement)] }
}

extension PlaybookStep: JSONRepresentable {
    /// The JSON form; `unfilled` is there when a placeholder is left.
    public var json: JSONValue {
        .compact([
            "id": .string(id), "do": .string(action), "command": .text(command),
            "unfilled": unfilled.isEmpty ? nil : .strings(unfilled), "decide": .array(decisions.map(\.json)),
        ])
    }
}

extension PlaybookStep.Decision: JSONRepresentable {
    /// The JSON form.
    public var json: JSONValue { ["if": .string(condition), "then": .string(next)] }
}

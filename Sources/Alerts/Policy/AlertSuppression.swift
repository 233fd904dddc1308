// SPDX-License-Identifier: Apache-2.0

/// The agreement by which an alert is silent.
public struct AlertSuppression: Hashable, Sendable {
    /// The suppression's id in the strategy's document.
    public var id: String
    /// Who answers for it.
    public var owner: String?
    /// Why it was agreed.
    public var reason: String?
    /// The day from which it no longer works, `YYYY-MM-DD`.
    public var expires: String?

    /// The longest text kept, in bytes.
    public static let longestText = 1024

    /// Names a suppression.
    public init(id: String, owner: String? = nil, reason: String? = nil, expires: String? = nil) {
        self.id = Bounded.text(id, limit: Self.longestText)
        self.owner = owner.map { Bounded.text($0, limit: Self.longestText) }
        self.reason = reason.map { Bounded.text($0, limit: Self.longestText) }
        self.expires = expires.map { Bounded.text($0, limit: Self.longestText) }
    }
}

extension AlertSuppression: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue {
        ["id": .string(id), "owner": .text(owner), "reason": .text(reason), "expires": .text(expires)]
    }
}

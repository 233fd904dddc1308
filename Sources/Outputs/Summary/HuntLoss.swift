// SPDX-License-Identifier: Apache-2.0
import Alerts

/// Something a bound of memory or time cost a run: each may hide an alert, so none is kept quiet.
public struct HuntLoss: Sendable, Hashable, Codable {
    /// A stable name for programs.
    public var name: String
    /// How often it happened.
    public var count: UInt64
    /// What that means, for people.
    public var meaning: String

    /// Describes a loss.
    public init(_ name: String, _ count: UInt64, _ meaning: String) {
        self.name = name
        self.count = count
        self.meaning = meaning
    }
}

extension HuntLoss: JSONRepresentable {
    /// The JSON form.
    public var json: JSONValue {
        ["name": .string(name), "count": .integer(Int64(clamping: count)), "meaning": .string(meaning)]
    }
}

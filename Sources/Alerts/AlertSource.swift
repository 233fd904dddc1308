// SPDX-License-Identifier: Apache-2.0

/// An input an alert draws on.
public struct AlertSource: Hashable, Sendable {
    /// The input as the user named it.
    public var path: String
    /// `product/category/service`, with `-` for an absent part.
    public var logsource: String
    /// How many of the alert's events came from it.
    public var count: Int

    /// The most inputs of an alert that are named; events from others are counted.
    public static let most = 32

    /// Names an input.
    public init(path: String, logsource: String, count: Int) {
        self.path = path
        self.logsource = logsource
        self.count = count
    }
}

extension AlertSource: JSONRepresentable, Decodable {
    /// The JSON form.
    public var json: JSONValue {
        ["path": .string(path), "logsource": .string(logsource), "count": .integer(Int64(count))]
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

extension Timestamp: Codable {
    /// Reads an RFC 3339 date.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let nanoseconds = RFC3339.nanoseconds(Array(text.utf8).span) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not an RFC 3339 date: \(text.prefix(40))")
        }
        self.init(nanoseconds: nanoseconds)
    }

    /// Writes an RFC 3339 date in UTC.
    ///
    /// `unknown` has no date: leave it out or write null instead.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rfc3339)
    }

    /// The date in RFC 3339, UTC.
    public var rfc3339: String { RFC3339.string(nanoseconds: nanoseconds) }
}

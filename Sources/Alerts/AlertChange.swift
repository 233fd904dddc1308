// SPDX-License-Identifier: Apache-2.0

/// What happened to an alert, with the alert as it is since then.
///
/// An alert opens once, is updated any number of times, and closes once; its id is given when it opens and stays. Who
/// reads changes may see one twice (after a restart): then id and number are equal, and so is what they say.
public struct AlertChange: Hashable, Sendable {
    /// What happened.
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// A rule held for an entity it did not hold for before.
        case opened
        /// It held again: the count grew, there is more evidence, or it became more urgent.
        case updated
        /// It has been quiet for long enough, or the input has ended; nothing more comes under this id.
        case closed
    }

    /// What happened.
    public var kind: Kind
    /// Grows by one with each finding of the alert and with its end, from 1; of two changes of one alert the higher number is
    /// the later one, and numbers between them were not told.
    public var number: UInt64
    /// The alert as it is now.
    public var alert: Alert

    /// Describes a change.
    public init(_ kind: Kind, number: UInt64, alert: Alert) {
        self.kind = kind
        self.number = number
        self.alert = alert
    }
}

extension AlertChange: JSONRepresentable, Decodable {
    private enum CodingKeys: String, CodingKey { case change }
    private enum ChangeKeys: String, CodingKey { case kind, number }

    /// The alert's JSON form, with `change` behind `id`.
    public var json: JSONValue {
        guard case .object(var members) = alert.json else { return .null }
        let place = (members.firstIndex { $0.key == "id" } ?? -1) + 1
        members.insert(.init("change", changeJSON), at: place)
        return .object(members)
    }

    /// What happened, without the alert.
    public var changeJSON: JSONValue {
        ["kind": .string(kind.rawValue), "number": .integer(Int64(clamping: number))]
    }

    /// Reads the JSON form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let change = try container.nestedContainer(keyedBy: ChangeKeys.self, forKey: .change)
        kind = try change.decode(Kind.self, forKey: .kind)
        number = try change.decode(UInt64.self, forKey: .number)
        alert = try Alert(from: decoder)
    }
}

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
    /// Grows with everything that happens to the alert, from 1; of two changes of one alert the higher number is the later
    /// one.
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

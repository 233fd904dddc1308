// SPDX-License-Identifier: Apache-2.0

/// How much of a strategy or rule has been proved, and when.
///
/// There is no way to state a level without the time at which it was found out.
public struct ProofState: Sendable, Hashable {
    /// What was proved: each level includes those below it.
    public enum Level: Int, Sendable, Hashable, CaseIterable, Comparable {
        case prose, lint, recorded, emulated, delivered, contained

        /// Orders by what was proved.
        public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }

        /// In a few words.
        public var summary: String {
            switch self {
            case .prose: "nothing proved beyond prose"
            case .lint: "lints clean"
            case .recorded: "fires and stays silent as its recorded telemetry says"
            case .emulated: "caught in a live emulation"
            case .delivered: "alert delivered, look-alikes silent, blind spots as stated"
            case .contained: "containment proved"
            }
        }
    }

    /// What was proved.
    public var level: Level
    /// When, as an RFC 3339 time in UTC.
    public var date: String
    /// What keeps it from the next level; empty when nothing is known to.
    public var obstacles: [String]

    /// States what was proved.
    public init(_ level: Level, date: String, obstacles: [String] = []) {
        self.level = level
        self.date = date
        self.obstacles = obstacles
    }

    /// The day of the proof, `YYYY-MM-DD`.
    public var day: String { String(date.prefix(10)) }
}

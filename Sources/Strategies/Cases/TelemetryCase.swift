// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Recorded telemetry with what must come of it (`telemetry/cases.yml`, described in `docs/reference/strategy.md`).
public struct TelemetryCase: Sendable, Hashable {
    /// Unique in the strategy.
    public var name: String
    /// What it is about.
    public var kind: CaseKind
    /// The system it was recorded on: linux, windows, macos or kubernetes.
    public var platform: String
    /// Whether it is the real thing; otherwise it was built from the documented event format.
    public var isRecorded: Bool
    /// The recordings, as paths.
    public var files: [String]
    /// Log source of JSON that does not say what it is, as `product`, `category`, `service`.
    public var logSource: RuleLogSource?
    /// The rules that must fire.
    public var fires: [Expectation]
    /// What was run and why it matters.
    public var about: String
    /// Where the case stands.
    public var location: SourceLocation

    /// A rule that must fire, and what its alert must look like.
    public struct Expectation: Sendable, Hashable {
        /// The rule or correlation: its name or id as written; after loading, its identifier.
        public var rule: String
        /// The alert's level, if that matters.
        public var level: Level?
        /// Fields that one of the alert's events must have, with their values.
        public var fields: [String: String]

        /// Describes an expectation.
        public init(rule: String, level: Level? = nil, fields: [String: String] = [:]) {
            self.rule = rule
            self.level = level
            self.fields = fields
        }
    }
}

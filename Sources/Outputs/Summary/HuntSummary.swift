// SPDX-License-Identifier: Apache-2.0
import Alerts
import Readers
import Sigma

/// What a run read, decided and could not do.
///
/// Complete enough to see why nothing was found.
public struct HuntSummary: Hashable, Sendable {
    /// Names the JSON form.
    public static let schema = "vedette.summary/1"

    /// An input that was not read.
    public struct SkippedInput: Hashable, Sendable, Decodable {
        /// The input as the user named it.
        public var path: String
        /// Why.
        public var reason: String

        /// Describes a skipped input.
        public init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// Problems of one kind.
    public struct Problem: Hashable, Sendable, Decodable {
        /// The kind, such as `malformed`.
        public var kind: String
        /// How many.
        public var count: UInt64
        /// The first few, located.
        public var samples: [Sample]

        /// One of them.
        public struct Sample: Hashable, Sendable, Decodable {
            /// The input it is in.
            public var path: String
            /// Number of the record; 0 when the input as a whole is meant.
            public var position: UInt64
            /// What is wrong.
            public var message: String
        }
    }

    /// A rule that could not have fired on what was read.
    public struct MuteRule: Hashable, Sendable, Decodable {
        /// Its title.
        public var title: String
        /// Its id, else its name.
        public var id: String?
        /// The log source it asks for, when no event of it came.
        public var missingLogsource: String?
        /// Fields it needs that no event had.
        public var missingFields: [String]

        private enum CodingKeys: String, CodingKey {
            case title, id
            case missingLogsource = "missing_logsource"
            case missingFields = "missing_fields"
        }

        /// Describes a rule that could not fire.
        public init(_ rule: Metadata, missingLogsource: String?, missingFields: [String]) {
            title = rule.title
            id = rule.id ?? rule.name
            self.missingLogsource = missingLogsource
            self.missingFields = missingFields
        }
    }

    /// How many inputs were read.
    public var inputsRead = 0
    /// Inputs that were not.
    public var inputsSkipped: [SkippedInput] = []
    /// Bytes read, after decompression.
    public var bytes: UInt64 = 0
    /// Records seen, good and bad.
    public var records: UInt64 = 0
    /// Events evaluated.
    public var events: UInt64 = 0
    /// Events by log source (`product/category/service`).
    public var eventsByLogsource: [String: UInt64] = [:]
    /// What could not be read, most frequent first.
    public var problems: [Problem] = []
    /// Rules and correlations in force.
    public var rulesLoaded = 0
    /// Documents that were refused.
    public var rulesRefused = 0
    /// Rules that could not have fired.
    public var muteRules: [MuteRule] = []
    /// How many alerts of each level there were, without suppressed ones.
    public var alertsByLevel: [Level: Int] = [:]
    /// Suppressions of the strategies, and what they silenced.
    public var suppressions: [SuppressionRecord] = []
    /// Matches that were folded into an alert already open.
    public var foldedRepeats: UInt64 = 0
    /// Alerts given out early for want of room: their repeats may be split.
    public var evictedAlerts: UInt64 = 0
    /// What bounds of memory and time cost the run; empty when they cost nothing.
    public var losses: [HuntLoss] = []
    /// How long reading and matching took, in seconds; loading the rules is not counted.
    public var duration: Double = 0

    /// An empty summary.
    public init() {}

    /// Takes over what the readers saw.
    public mutating func add(_ report: ReadReport) {
        bytes += report.bytes
        records += report.records
        events += report.events
        for (kind, count) in report.problems {
            let samples = report.samples.filter { $0.kind == kind }
                .map { Problem.Sample(path: $0.path, position: $0.position, message: $0.message) }
            if let index = problems.firstIndex(where: { $0.kind == kind.rawValue }) {
                problems[index].count += count
                let room = max(0, ReadReport.samplesPerKind - problems[index].samples.count)
                problems[index].samples += samples.prefix(room)
            } else {
                problems.append(Problem(kind: kind.rawValue, count: count, samples: samples))
            }
        }
        problems.sort { ($1.count, $0.kind) < ($0.count, $1.kind) }
    }

    /// Counts an alert; one that is suppressed is in the counts of its suppression already.
    public mutating func add(_ alert: Alert) {
        if alert.suppressed == nil { alertsByLevel[alert.level, default: 0] += 1 }
    }

    /// How many alerts there were.
    public var alerts: Int { alertsByLevel.values.reduce(0, +) }
}

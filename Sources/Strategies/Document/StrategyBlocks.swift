// SPDX-License-Identifier: Apache-2.0
import Sigma

/// What the blocks of a strategy document say; `docs/reference/strategy.md` describes each.
public struct StrategyBlocks: Sendable, Hashable {
    /// From Categorization; nil when there is no block.
    public var categorization: Categorization?
    /// From Strategy Abstract.
    public var data: [DataRequirement] = []
    /// From Blind Spots and Assumptions.
    public var assumptions: [Assumption] = []
    /// From Blind Spots and Assumptions.
    public var blindSpots: [BlindSpot] = []
    /// From False Positives.
    public var suppressions: [Suppression] = []
    /// From Priority; nil when there is no block.
    public var priority: PriorityBlock?
    /// From Validation.
    public var validation: [ValidationStep] = []
    /// From Response.
    public var playbook: [PlaybookStep] = []

    /// Nothing at all.
    public init() {}

    /// The matchers of the criteria, then those of the suppressions, each as a rule without a log source: how they are
    /// compiled.
    public var matchers: RuleSet {
        var matchers = RuleSet()
        for one in priority?.criteria ?? [] { matchers.rules.append(Self.matcher(one.match, one.location)) }
        for one in suppressions { matchers.rules.append(Self.matcher(one.match, one.location)) }
        return matchers
    }

    private static func matcher(_ detection: Detection, _ location: SourceLocation) -> Rule {
        Rule(
            metadata: Metadata(title: "matcher", location: location), logsource: RuleLogSource(), detection: detection)
    }
}

/// ATT&CK techniques and what the environment binds of their analytics.
public struct Categorization: Sendable, Hashable {
    /// Version of ATT&CK such as `18.1`.
    public var attack: String
    /// Technique ids.
    public var techniques: [String]
    /// Tactic short names.
    public var tactics: [String]
    /// Platforms.
    public var platforms: [String]
    /// Bindings of mutable elements.
    public var analytics: [AnalyticBinding]
    /// Where the block stands.
    public var location: SourceLocation

    /// How one mutable element of an analytic is bound.
    public struct AnalyticBinding: Sendable, Hashable {
        /// The analytic such as `AN0174`.
        public var analytic: String
        /// The element such as `ScriptDir`.
        public var element: String
        /// What it is bound to.
        public var binding: Binding
        /// Where it stands.
        public var location: SourceLocation
    }

    /// What an element is bound to.
    public enum Binding: Sendable, Hashable {
        case values([String])
        case learned(String)
        case unbound(String)
    }
}

/// Telemetry a strategy needs.
public struct DataRequirement: Sendable, Hashable {
    /// Unique in the document.
    public var id: String
    /// Which events.
    public var logsource: RuleLogSource
    /// The fields rules ask of them.
    public var fields: [String]
    /// What can provide them.
    public var sources: [String]
    /// What to know when collecting them.
    public var note: String?
    /// Where it stands.
    public var location: SourceLocation
}

/// Something that must be true of a host.
public struct Assumption: Sendable, Hashable {
    /// Unique in the document.
    public var id: String
    /// In a sentence.
    public var statement: String
    /// How to find out; nil when nothing was given.
    public var probe: Probe?
    /// Where it stands.
    public var location: SourceLocation

    /// How it is found out whether an assumption holds.
    public struct Probe: Sendable, Hashable {
        /// `command`, `file` or `log-source`.
        public var kind: String
        /// The command, the file's path, or `product/category/service`.
        public var run: String
        /// A regular expression that the output, or the file's text, must contain; nil when success is enough.
        public var expect: String?
    }
}

/// How urgent an alert of the strategy is.
public struct PriorityBlock: Sendable, Hashable {
    /// The level when no criterion holds; nil for the rule's own.
    public var defaultLevel: Level?
    /// The first that holds sets the level.
    public var criteria: [Criterion]
    /// Where it stands.
    public var location: SourceLocation

    /// Puts a block together.
    public init(defaultLevel: Level? = nil, criteria: [Criterion] = [], location: SourceLocation) {
        self.defaultLevel = defaultLevel
        self.criteria = criteria
        self.location = location
    }

    /// One criterion.
    public struct Criterion: Sendable, Hashable {
        /// The level.
        public var level: Level
        /// Why.
        public var because: String
        /// Ids or names of the rules it concerns; nil for all of the strategy.
        public var rules: [String]?
        /// What one event of the alert must look like.
        public var match: Detection
        /// Where it stands.
        public var location: SourceLocation

        /// Describes a criterion.
        public init(
            level: Level, because: String, rules: [String]? = nil, match: Detection, location: SourceLocation
        ) {
            self.level = level
            self.because = because
            self.rules = rules
            self.match = match
            self.location = location
        }
    }
}

/// A way to see the strategy work.
public struct ValidationStep: Sendable, Hashable {
    /// Unique in the document.
    public var id: String
    /// What is done.
    public var what: String
    /// Name of the recorded case.
    public var caseName: String?
    /// `file#name` under `emulations/`.
    public var emulation: String?
    /// Ids or names of the rules that must fire.
    public var expect: [String]
    /// What must come of it.
    public var kind: CaseKind
    /// Where it stands.
    public var location: SourceLocation
}

/// What a case or a validation step is about.
public enum CaseKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The adversary's behaviour: rules must fire.
    case attack
    /// A look-alike: must stay silent.
    case benign
    /// A known blind spot: stays silent, and the document is out of date when it does not.
    case miss
}

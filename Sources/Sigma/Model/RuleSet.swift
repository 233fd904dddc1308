// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Everything loaded from rule files, ready to compile: filters are applied, references resolved.
public struct RuleSet: Sendable {
    /// The rules; a position here is the rule's number everywhere downstream.
    public var rules: [Rule] = []
    /// The correlations, members before the correlations that use them.
    public var correlations: [ResolvedCorrelation] = []
    /// What was refused or is suspicious, with file and line.
    public var diagnostics: [Diagnostic] = []
    /// How many documents were refused.
    public var refused = 0
    /// Rules that exist for a correlation alone: they give no alert of their own.
    public var silentRules: Set<Int> = []
    /// Stands for the names and contents of the files, byte by byte, under a key of this user; nil without a cache.
    package var contents: SipHash.Digest?
    /// What the cache did, where one was used; nothing else depends on it.
    public var cacheReport = RuleCacheReport()

    /// Makes an empty set.
    public init() {}

    /// The rules, then the correlations, that give alerts of their own.
    public var alerting: [Metadata] {
        rules.indices.filter { !silentRules.contains($0) }.map { rules[$0].metadata }
            + correlations.filter { !$0.isSilent }.map(\.correlation.metadata)
    }
}

/// A correlation with its members found.
public struct ResolvedCorrelation: Sendable, Hashable {
    /// A member: a rule or an earlier correlation, by position in the set.
    public enum Member: Sendable, Hashable {
        case rule(Int)
        case correlation(Int)
    }

    /// The correlation as written.
    public var correlation: Correlation
    /// Its members, one for each entry of `correlation.rules`.
    public var members: [Member]
    /// Whether it feeds another correlation that does not `generate`, so it gives no alert of its own.
    public var isSilent = false

    /// Puts a resolved correlation together.
    public init(correlation: Correlation, members: [Member]) {
        self.correlation = correlation
        self.members = members
    }
}

/// A located finding about a rule file.
public struct Diagnostic: Sendable, Hashable, Codable {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable, Codable, CaseIterable {
        /// The document is refused.
        case error
        /// The document is used, but probably does not do what its author meant.
        case warning
        /// Worth knowing.
        case note
    }

    /// How bad it is.
    public var severity: Severity
    /// Stable identifier of the kind of finding, e.g.
    ///
    /// `unknown-modifier`.
    public var code: String
    /// What is wrong and what to do.
    public var message: String
    /// Where.
    public var location: SourceLocation

    /// Describes a finding.
    public init(_ severity: Severity, _ code: String, _ message: String, at location: SourceLocation) {
        self.severity = severity
        self.code = code
        self.message = message
        self.location = location
    }
}

// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// A strategy with everything a catalogue shows of it.
public struct CatalogueEntry: Sendable {
    /// Its claims, rules and proof.
    public var strategy: CoveredStrategy
    /// Its document.
    public var document: StrategyDocument
    /// Its rules and correlations as written.
    public var rules: [Rule]
    /// Its recorded cases.
    public var cases: [Case]

    /// A rule as written.
    public struct Rule: Sendable, Hashable {
        /// Title, description, references and the rest.
        public var metadata: Metadata
        /// Which events it looks at; nil for a correlation.
        public var logsource: RuleLogSource?
        /// Its `detection` or `correlation`, in YAML.
        public var logic: String

        /// Describes a rule.
        public init(metadata: Metadata, logsource: RuleLogSource?, logic: String) {
            self.metadata = metadata
            self.logsource = logsource
            self.logic = logic
        }
    }

    /// A recorded case and what came of it.
    public struct Case: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// What it is about.
        public var kind: CaseKind
        /// The system it belongs to.
        public var platform: String
        /// Whether it is the real thing; otherwise it was built from the documented event format.
        public var isRecorded: Bool
        /// What was run and why it matters.
        public var about: String
        /// Ids of the rules that must fire.
        public var expected: [String]
        /// Ids of the rules that fired; nil when it was not replayed.
        public var fired: [String]?
        /// What was not as asked for.
        public var failures: [String] = []

        /// Describes a case that was not replayed.
        public init(
            name: String, kind: CaseKind, platform: String, isRecorded: Bool, about: String, expected: [String]
        ) {
            self.name = name
            self.kind = kind
            self.platform = platform
            self.isRecorded = isRecorded
            self.about = about
            self.expected = expected
        }

        /// Describes a case and what came of it.
        public init(_ recording: TelemetryCase, fired: [String]?, failures: [String]) {
            self.init(
                name: recording.name, kind: recording.kind, platform: recording.platform,
                isRecorded: recording.isRecorded, about: recording.about, expected: recording.fires.map(\.rule))
            self.fired = fired
            self.failures = failures
        }
    }

    /// Puts an entry together.
    public init(strategy: CoveredStrategy, document: StrategyDocument, rules: [Rule], cases: [Case]) {
        self.strategy = strategy
        self.document = document
        self.rules = rules
        self.cases = cases
    }
}

extension CatalogueEntry.Rule {
    /// Longest excerpt, in lines.
    static let mostLines = 120

    /// The `detection` or `correlation` of the document that starts at a line of a rule file, as written.
    ///
    /// The text is cut at top-level keys, which YAML rules write at the start of a line; a rule in another style shows
    /// nothing rather than a wrong part.
    public static func logic(in text: String, documentLine: Int) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst(max(0, documentLine - 1))
        var excerpt: [Substring] = []
        for (index, line) in lines.enumerated() {
            let isSeparator = line == "---" || line.hasPrefix("--- ")
            if isSeparator && index > 0 { break }
            let isTopLevel = line.first.map { !$0.isWhitespace && $0 != "#" && $0 != "-" } ?? false
            if excerpt.isEmpty {
                if line.hasPrefix("detection:") || line.hasPrefix("correlation:") { excerpt.append(line) }
            } else if isTopLevel || isSeparator {
                break
            } else {
                excerpt.append(line)
            }
        }
        while let last = excerpt.last, last.allSatisfy(\.isWhitespace) { excerpt.removeLast() }
        if excerpt.count > mostLines {
            excerpt = Array(excerpt.prefix(mostLines)) + ["# and \(excerpt.count - mostLines) lines more"]
        }
        return excerpt.joined(separator: "\n")
    }
}

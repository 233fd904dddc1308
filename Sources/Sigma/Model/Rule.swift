// SPDX-License-Identifier: Apache-2.0

/// A place in a rule file.
public struct SourceLocation: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The file as the user named it.
    public var file: String
    /// Line from 1; 0 when the whole file is meant.
    public var line: Int
    /// Column from 1; 0 when the whole line is meant.
    public var column: Int

    /// Names a place.
    public init(file: String, line: Int = 0, column: Int = 0) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, leaving out what is not known.
    public var description: String {
        line == 0 ? file : column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
    }
}

/// What every Sigma document may carry (Sigma specification 2.1, "Rules", and the same keys of the other documents).
public struct Metadata: Sendable, Hashable {
    /// Short title.
    public var title: String
    /// UUID.
    public var id: String?
    /// Unique name by which correlations and filters may refer to the rule.
    public var name: String?
    /// stable, test, experimental, deprecated or unsupported.
    public var status: String?
    /// What the rule catches.
    public var description: String?
    /// Who wrote it.
    public var author: String?
    /// Where the knowledge comes from.
    public var references: [String] = []
    /// When it was written, ISO 8601.
    public var date: String?
    /// When it was last changed, ISO 8601.
    public var modified: String?
    /// Dotted tags, e.g.
    ///
    /// `attack.t1059.006`.
    public var tags: [String] = []
    /// Known benign causes.
    public var falsePositives: [String] = []
    /// How urgent a match is.
    public var level: Level?
    /// SPDX licence.
    public var license: String?
    /// Fields worth showing.
    public var fields: [String] = []
    /// Keys the specification does not name, kept as text (nested values as compact JSON).
    public var custom: [String: String] = [:]
    /// Where the document starts.
    public var location: SourceLocation

    /// Makes meta data with nothing but a title.
    public init(title: String, location: SourceLocation) {
        self.title = title
        self.location = location
    }

    /// What to call the rule by in output: id, else name, else title.
    public var identifier: String { id ?? name ?? title }
}

/// How urgent a match is, weakest first.
public enum Level: String, Sendable, Hashable, CaseIterable, Comparable {
    case informational, low, medium, high, critical

    /// Position on the scale.
    public var rank: Int {
        switch self {
        case .informational: 0
        case .low: 1
        case .medium: 2
        case .high: 3
        case .critical: 4
        }
    }

    /// Orders by urgency.
    public static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }
}

/// The log source a rule or filter asks for; absent parts match anything.
public struct RuleLogSource: Sendable, Hashable {
    /// Kind of event.
    public var category: String?
    /// The product that logs, such as `windows`.
    public var product: String?
    /// Log within the product.
    public var service: String?
    /// What must be configured for the events to exist.
    public var definition: String?
    /// Further keys, kept.
    public var custom: [String: String] = [:]

    /// Names a log source.
    public init(category: String? = nil, product: String? = nil, service: String? = nil) {
        self.category = category
        self.product = product
        self.service = service
    }
}

/// A Sigma rule.
public struct Rule: Sendable, Hashable {
    /// Title, id, level and the rest.
    public var metadata: Metadata
    /// Which events it looks at.
    public var logsource: RuleLogSource
    /// What it looks for.
    public var detection: Detection

    /// Puts a rule together.
    public init(metadata: Metadata, logsource: RuleLogSource, detection: Detection) {
        self.metadata = metadata
        self.logsource = logsource
        self.detection = detection
    }
}

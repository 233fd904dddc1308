// SPDX-License-Identifier: Apache-2.0
import Sigma

/// A strategy document as it stands in its file: prose in sections, and the blocks through which sections act.
public struct StrategyDocument: Sendable, Hashable {
    /// The file as the user named it.
    public var path: String
    /// The file's bytes, never changed.
    public var bytes: [UInt8]
    /// The text of the heading that is no section: the first `#` heading; empty when there is none.
    public var title: String
    /// The sections in the order of the file; what stands before the first is none.
    public var sections: [Section]
    /// What the blocks say.
    public var blocks = StrategyBlocks()
    /// What in the document could not be understood, with its place.
    public var diagnostics: [Diagnostic] = []

    /// Puts a document together.
    public init(path: String, bytes: [UInt8], title: String, sections: [Section]) {
        self.path = path
        self.bytes = bytes
        self.title = title
        self.sections = sections
    }

    /// The first section of a kind.
    public func section(_ kind: SectionKind) -> Section? { sections.first { $0.kind == kind } }

    /// All sections of a kind: some documents give blind spots and assumptions a heading each.
    public func sections(_ kind: SectionKind) -> [Section] { sections.filter { $0.kind == kind } }
}

/// The sections of an alerting and detection strategy (Palantir's framework), in their order.
public enum SectionKind: String, Sendable, Hashable, CaseIterable {
    case goal = "Goal"
    case categorization = "Categorization"
    case strategyAbstract = "Strategy Abstract"
    case technicalContext = "Technical Context"
    case blindSpots = "Blind Spots and Assumptions"
    case falsePositives = "False Positives"
    case priority = "Priority"
    case validation = "Validation"
    case response = "Response"
    case additionalResources = "Additional Resources"
}

/// A section of a document.
public struct Section: Sendable, Hashable {
    /// Which of the known sections it is; nil for others, which are kept.
    public var kind: SectionKind?
    /// The heading as written, without its marks.
    public var heading: String
    /// Level of the heading, from 1.
    public var level: Int
    /// Where the heading stands.
    public var location: SourceLocation
    /// The bytes of the body in the document, up to the next section.
    public var body: Range<Int>
    /// The body's prose as plain text: without fenced blocks, marks and link targets.
    public var prose: String
    /// The prose in pieces, with their places.
    public var passages: [Passage] = []
    /// Code blocks of the body, `yaml vedette` blocks included.
    public var code: [CodeBlock] = []

    /// Puts a section together.
    public init(
        kind: SectionKind?, heading: String, level: Int, location: SourceLocation, body: Range<Int>, prose: String
    ) {
        self.kind = kind
        self.heading = heading
        self.level = level
        self.location = location
        self.body = body
        self.prose = prose
    }
}

/// A piece of prose: a paragraph, an item of a list, a row of a table, a heading below the section's own.
public struct Passage: Sendable, Hashable {
    /// What it is.
    public enum Kind: Sendable, Hashable {
        case paragraph, item, row, header
        case heading(level: Int)
    }

    /// What it is.
    public var kind: Kind
    /// The text without marks and link targets.
    public var text: String
    /// How many lists it stands in.
    public var depth: Int
    /// Where it starts.
    public var location: SourceLocation
    /// Code within the text.
    public var code: [CodeBlock] = []
    /// Text that stands out (bold).
    public var strong: [String] = []
    /// Where links and images lead.
    public var links: [String] = []

    /// Puts a passage together.
    public init(kind: Kind, text: String, depth: Int, location: SourceLocation) {
        self.kind = kind
        self.text = text
        self.depth = depth
        self.location = location
    }
}

/// A block of code, or code within a text.
public struct CodeBlock: Sendable, Hashable {
    /// The info string such as `python` or `yaml vedette`.
    public var info: String
    /// The code.
    public var text: String
    /// Where its first line of code stands.
    public var location: SourceLocation

    /// Puts a block together.
    public init(info: String, text: String, location: SourceLocation) {
        self.info = info
        self.text = text
        self.location = location
    }
}

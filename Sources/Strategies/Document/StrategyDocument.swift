// SPDX-License-Identifier: Apache-2.0
import Sigma

/// A strategy document as it stands in its file: prose in sections, and the blocks through which sections act.
public struct StrategyDocument: Sendable {
    /// The file as the user named it.
    public var path: String
    /// The file's bytes, never changed.
    public var bytes: [UInt8]
    /// The first heading's text.
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

/// A fenced or indented code block.
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

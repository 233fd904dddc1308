// SPDX-License-Identifier: Apache-2.0

/// A stretch of a Markdown document that a reader sees as one: a heading, a paragraph, a row of a table, a block of code.
struct MarkdownElement: Sendable, Hashable {
    /// What it is.
    enum Kind: Sendable, Hashable {
        case heading(level: Int)
        case paragraph
        /// The first paragraph of an item of a list.
        case item
        /// A row of a table; the first is the header.
        case tableRow(isHeader: Bool)
        /// A block of code and its info string.
        case code(info: String, isFenced: Bool)
    }

    /// What it is.
    var kind: Kind
    /// First line in the file, from 1.
    var line: Int
    /// Last line in the file.
    var endLine: Int
    /// Column of the first character, from 1.
    var column: Int
    /// How many lists it stands in.
    var depth: Int
    /// Whether it stands directly in the document: not in a list or a quotation.
    var isTopLevel: Bool
    /// The text without marks and link targets; of code the code itself.
    var text = ""
    /// Code within the text.
    var code: [Inline] = []
    /// Text that stands out (bold).
    var strong: [String] = []
    /// Where links and images lead.
    var links: [String] = []

    /// A piece of a text with its line.
    struct Inline: Sendable, Hashable {
        var text: String
        var line: Int
    }
}

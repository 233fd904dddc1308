// SPDX-License-Identifier: Apache-2.0
import Sigma

extension StrategyDocument {
    /// Reads a document from its bytes.
    ///
    /// Never fails: what is not understood is kept and named in `diagnostics`, with its place.
    ///
    /// - Parameters:
    ///   - bytes: The file, Markdown in UTF-8; other bytes stand as U+FFFD in what is read, and stay as they are here.
    ///   - path: The name the file is reported by.
    public init(parsing bytes: [UInt8], path: String) {
        self.init(path: path, bytes: bytes, title: "", sections: [])
        if let line = Lines.firstInvalidUTF8(bytes) {
            diagnostics.append(
                StrategyFindingCode.invalidUTF8.diagnostic(
                    "the document is not UTF-8 here; save it as UTF-8", at: SourceLocation(file: path, line: line)))
        }
        do {
            let elements = try MarkdownReader.read(bytes)
            var outline = Outline(path: path, lines: Lines(bytes))
            outline.build(elements)
            title = outline.title
            sections = outline.sections
        } catch {
            diagnostics.append(
                StrategyFindingCode.unreadableDocument.diagnostic(
                    error.message, at: SourceLocation(file: path, line: error.line)))
        }
        var reader = BlockReader(file: path)
        for section in sections {
            for block in section.code where block.isVedette { reader.read(block, in: section) }
        }
        reader.finish()
        blocks = reader.blocks
        diagnostics += reader.diagnostics
    }
}

extension CodeBlock {
    /// Whether the info string is `yaml vedette`.
    package var isVedette: Bool {
        let words = info.split(separator: " ").map { $0.lowercased() }
        return words.count >= 2 && (words[0] == "yaml" || words[0] == "yml") && words[1] == "vedette"
    }

    /// The language the info string names, in lower case; empty when it names none.
    package var language: String { info.prefix { !$0.isWhitespace && $0 != "{" && $0 != "," }.lowercased() }
}

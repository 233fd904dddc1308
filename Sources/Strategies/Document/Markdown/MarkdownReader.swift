// SPDX-License-Identifier: Apache-2.0
import CCmark

/// Reads GitHub Flavored Markdown (spec 0.29) into a flat list of what stands in it.
package enum MarkdownReader {
    /// Largest document, in bytes.
    package static let maximumBytes = 1 << 20

    /// The elements of a document in their order, or why it is not read.
    ///
    /// The library never recurses, but some nestings cost it the square of their size; such documents are refused by
    /// `MarkdownGuard` before it sees them.
    static func read(_ bytes: [UInt8]) throws(MarkdownRefusal) -> [MarkdownElement] {
        try MarkdownGuard.check(bytes)
        registerTables
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8) else {
            throw MarkdownRefusal(line: 0, message: "there is no memory to read the document")
        }
        defer { cmark_parser_free(parser) }
        if let table = cmark_find_syntax_extension("table") { _ = cmark_parser_attach_syntax_extension(parser, table) }
        // SAFETY: the buffer lives for the call, which copies what it keeps.
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            cmark_parser_feed(parser, base.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        guard let root = cmark_parser_finish(parser) else {
            throw MarkdownRefusal(line: 0, message: "the document cannot be read as Markdown")
        }
        defer { cmark_node_free(root) }
        var walk = MarkdownWalk()
        guard let iterator = cmark_iter_new(root) else { return [] }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, event != CMARK_EVENT_NONE else { break }
            guard let node = cmark_iter_get_node(iterator) else { break }
            walk.visit(node, isEntering: event == CMARK_EVENT_ENTER)
        }
        return walk.elements
    }

    /// The library keeps its extensions in a table of the process that is filled once.
    private static let registerTables: Void = cmark_gfm_core_extensions_ensure_registered()
}

/// Why a document is not read as Markdown.
struct MarkdownRefusal: Error, Sendable {
    /// Line from 1; 0 for the whole document.
    var line: Int
    /// What is wrong.
    var message: String
}

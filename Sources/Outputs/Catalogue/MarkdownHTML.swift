// SPDX-License-Identifier: Apache-2.0
import CCmark
import Foundation

/// Renders the prose of a strategy: GitHub Flavored Markdown without anything that could act.
///
/// Raw HTML is shown as the text it is; links to scripts and data lose their target; images become links, because a page
/// that loads an image makes a request.
enum MarkdownHTML {
    /// Longest text that is rendered, in bytes; longer ones are shown as they are.
    static let maximumBytes = 1 << 20

    /// Renders a text.
    ///
    /// - Parameters:
    ///   - text: Markdown.
    ///   - headingShift: How many levels headings are lowered, to fit under those of the page.
    ///   - isDropped: Whether to leave out a block of code with an info string.
    static func render(_ text: String, headingShift: Int32 = 0, isDropped: (String) -> Bool = { _ in false }) -> HTML {
        let bytes = Array(text.utf8)
        register
        guard bytes.count <= maximumBytes, let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8)
        else { return "<pre>\(text)</pre>" }
        defer { cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "autolink"] {
            if let found = cmark_find_syntax_extension(name) { _ = cmark_parser_attach_syntax_extension(parser, found) }
        }
        // SAFETY: the buffer lives for the call, which copies what it keeps.
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            cmark_parser_feed(parser, base.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        guard let root = cmark_parser_finish(parser) else { return "<pre>\(text)</pre>" }
        defer { cmark_node_free(root) }
        disarm(root, headingShift, isDropped)
        // SAFETY: the library allocates the result with its default allocator, which is malloc.
        guard let rendered = cmark_render_html(root, CMARK_OPT_DEFAULT, nil) else { return "<pre>\(text)</pre>" }
        defer { free(rendered) }
        return HTML(safeMarkup: String(cString: rendered))
    }

    /// The library keeps its extensions in a table of the process that is filled once.
    private static let register: Void = cmark_gfm_core_extensions_ensure_registered()

    private static func disarm(_ root: OpaquePointer, _ headingShift: Int32, _ isDropped: (String) -> Bool) {
        var dropped: [OpaquePointer] = []
        guard let iterator = cmark_iter_new(root) else { return }
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, event != CMARK_EVENT_NONE, let node = cmark_iter_get_node(iterator) else {
                break
            }
            // Leaves are entered and never left; a node is changed at its last event, when the iterator is past it.
            switch cmark_node_get_type(node) {
            case CMARK_NODE_HEADING where event == CMARK_EVENT_EXIT:
                cmark_node_set_heading_level(node, min(6, cmark_node_get_heading_level(node) + headingShift))
            case CMARK_NODE_HTML_INLINE:
                replace(node, by: CMARK_NODE_TEXT, &dropped)
            case CMARK_NODE_HTML_BLOCK:
                replace(node, by: CMARK_NODE_CODE_BLOCK, &dropped)
            case CMARK_NODE_CODE_BLOCK:
                let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
                if isDropped(info) { dropped.append(node) }
            case CMARK_NODE_IMAGE where event == CMARK_EVENT_EXIT:
                unwrapImage(node, &dropped)
            default: break
            }
        }
        for node in dropped {
            cmark_node_unlink(node)
            cmark_node_free(node)
        }
    }

    /// Puts a node of another type with the same text in front of one, which is dropped after the walk.
    private static func replace(_ node: OpaquePointer, by type: cmark_node_type, _ dropped: inout [OpaquePointer]) {
        if let other = cmark_node_new(type) {
            cmark_node_set_literal(other, cmark_node_get_literal(node))
            if cmark_node_insert_before(node, other) == 0 { cmark_node_free(other) }
        }
        dropped.append(node)
    }

    /// Puts a link with the image's text in front of an image, which is dropped after the walk.
    private static func unwrapImage(_ image: OpaquePointer, _ dropped: inout [OpaquePointer]) {
        guard let link = cmark_node_new(CMARK_NODE_LINK) else { return }
        cmark_node_set_url(link, cmark_node_get_url(image))
        guard cmark_node_insert_before(image, link) != 0 else { return cmark_node_free(link) }
        // Appending takes the child from where it was. A child that cannot move stays, and goes with the image.
        while let child = cmark_node_first_child(image), cmark_node_append_child(link, child) != 0 {}
        dropped.append(image)
    }
}

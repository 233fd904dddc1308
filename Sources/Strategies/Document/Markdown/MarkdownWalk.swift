// SPDX-License-Identifier: Apache-2.0
import CCmark

/// Gathers elements while the library's tree is walked.
struct MarkdownWalk {
    /// What was gathered.
    private(set) var elements: [MarkdownElement] = []

    /// The element whose text is being gathered; leaves of the tree hold text, so there is one at a time.
    private var open: MarkdownElement?
    private var strong: String?
    private var lists = 0
    private var quotes = 0
    private var isFirstOfItem = false

    /// Takes one step of the walk.
    mutating func visit(_ node: OpaquePointer, isEntering: Bool) {
        switch Self.kind(of: node) {
        case "list":
            lists += isEntering ? 1 : -1
        case "block_quote": quotes += isEntering ? 1 : -1
        case "item", "tasklist": isFirstOfItem = isEntering
        case "heading":
            step(node, .heading(level: Int(cmark_node_get_heading_level(node))), isEntering)
        case "paragraph":
            step(node, isFirstOfItem ? .item : .paragraph, isEntering)
        case "table_header": step(node, .tableRow(isHeader: true), isEntering)
        case "table_row": step(node, .tableRow(isHeader: false), isEntering)
        case "table_cell": if !isEntering { append(" | ") }
        case "code_block": code(node)
        case "text": append(Self.literal(node))
        case "softbreak": append(" ")
        case "linebreak": append("\n")
        case "code":
            let text = Self.literal(node)
            let own = Int(cmark_node_get_start_line(node))
            let line = own > 0 ? own : open?.line ?? 0
            open?.code.append(.init(text: text, line: line))
            append(text)
        case "strong":
            if isEntering {
                strong = ""
            } else if let text = strong {
                open?.strong.append(text)
                strong = nil
            }
        case "link", "image":
            if isEntering, let url = cmark_node_get_url(node) { open?.links.append(String(cString: url)) }
        default: break
        }
    }

    private mutating func step(_ node: OpaquePointer, _ kind: MarkdownElement.Kind, _ isEntering: Bool) {
        if isEntering {
            open = element(node, kind)
            strong = nil
            isFirstOfItem = false
        } else if var element = open {
            element.text = Self.trimmed(element.text)
            if case .tableRow = kind, element.text.hasSuffix("|") {
                element.text = Self.trimmed(String(element.text.dropLast()))
            }
            elements.append(element)
            open = nil
        }
    }

    private mutating func code(_ node: OpaquePointer) {
        var length: CInt = 0
        var offset: CInt = 0
        var mark: CChar = 0
        let isFenced = cmark_node_get_fenced(node, &length, &offset, &mark) != 0
        let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
        var element = element(node, .code(info: Self.trimmed(info), isFenced: isFenced))
        element.text = Self.literal(node)
        elements.append(element)
        isFirstOfItem = false
    }

    private func element(_ node: OpaquePointer, _ kind: MarkdownElement.Kind) -> MarkdownElement {
        let line = max(1, Int(cmark_node_get_start_line(node)))
        return MarkdownElement(
            kind: kind, line: line, endLine: max(line, Int(cmark_node_get_end_line(node))),
            column: max(1, Int(cmark_node_get_start_column(node))), depth: lists,
            isTopLevel: lists == 0 && quotes == 0)
    }

    private mutating func append(_ text: String) {
        open?.text += text
        strong? += text
    }

    private static func kind(of node: OpaquePointer) -> String {
        cmark_node_get_type_string(node).map { String(cString: $0) } ?? ""
    }

    private static func literal(_ node: OpaquePointer) -> String {
        cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
    }

    private static func trimmed(_ text: String) -> String {
        var scalars = Substring(text).unicodeScalars
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        return String(scalars)
    }
}

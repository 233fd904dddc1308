// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Cuts a document into sections.
struct Outline {
    /// The name the file is reported by.
    let path: String
    let lines: Lines
    /// The title; empty when there is none.
    private(set) var title = ""
    private(set) var sections: [Section] = []

    init(path: String, lines: Lines) {
        self.path = path
        self.lines = lines
    }

    /// Takes the elements of the whole document.
    mutating func build(_ elements: [MarkdownElement]) {
        let titleIndex = Self.title(of: elements)
        if let titleIndex { title = elements[titleIndex].text }
        var starts: [(element: MarkdownElement, kind: SectionKind?)] = []
        var content: [[MarkdownElement]] = []
        for (index, element) in elements.enumerated() where index != titleIndex {
            if case .heading(let level) = element.kind, element.isTopLevel {
                let (opens, kind) = Self.opensSection(element.text, level: level, within: starts.last)
                if opens {
                    starts.append((element, kind))
                    content.append([])
                    continue
                }
            }
            if !content.isEmpty { content[content.count - 1].append(element) }
        }
        for (index, start) in starts.enumerated() {
            let begin = lines.start(of: start.element.endLine + 1)
            let next = index + 1 < starts.count ? starts[index + 1].element.line : Int.max
            sections.append(
                section(start.element, start.kind, body: begin..<max(begin, lines.start(of: next)), content[index]))
        }
    }

    /// Which element is the title: the first heading of level 1, unless all sections are of that level.
    private static func title(of elements: [MarkdownElement]) -> Int? {
        let top = elements.indices.filter { elements[$0].isTopLevel && elements[$0].kind == .heading(level: 1) }
        guard let first = top.first else { return nil }
        guard let match = SectionKind.named(by: elements[first].text) else { return first }
        // `# Detection Strategy` above sections of level 2 is a title; `# Goal` is none.
        if case .synonym = match, top.count == 1 { return first }
        return nil
    }

    /// Whether a heading starts a section, and which.
    ///
    /// A known name does everywhere, and so does a synonym unless it stands below a known section: `### Overview` within
    /// `## Response` is a part of it. Other headings start a section of their own unless they stand below one.
    private static func opensSection(
        _ heading: String, level: Int, within current: (element: MarkdownElement, kind: SectionKind?)?
    ) -> (Bool, SectionKind?) {
        var currentLevel = 0
        if case .heading(let level) = current?.element.kind { currentLevel = level }
        let isBelow = current != nil && level > currentLevel
        var match = SectionKind.named(by: heading)
        if match == nil, let colon = heading.firstIndex(of: ":") {
            match = SectionKind.named(by: String(heading[..<colon]))
        }
        switch match {
        case .name(let kind): return (!(isBelow && current?.kind == kind), kind)
        case .synonym(let kind): return (!(isBelow && current?.kind != nil), kind)
        case nil: return (!isBelow, nil)
        }
    }

    private func section(
        _ heading: MarkdownElement, _ kind: SectionKind?, body: Range<Int>, _ content: [MarkdownElement]
    ) -> Section {
        var level = 1
        if case .heading(let value) = heading.kind { level = value }
        var section = Section(
            kind: kind, heading: heading.text, level: level, location: place(heading.line, heading.column), body: body,
            prose: "")
        for element in content {
            switch element.kind {
            case .code(let info, let isFenced):
                section.code.append(
                    CodeBlock(info: info, text: element.text, location: place(element.line + (isFenced ? 1 : 0), 0)))
            case .heading(let level): section.passages.append(passage(element, .heading(level: level)))
            case .paragraph: section.passages.append(passage(element, .paragraph))
            case .item: section.passages.append(passage(element, .item))
            case .tableRow(let isHeader): section.passages.append(passage(element, isHeader ? .header : .row))
            }
        }
        section.prose = section.passages.map(\.text).joined(separator: "\n")
        return section
    }

    private func passage(_ element: MarkdownElement, _ kind: Passage.Kind) -> Passage {
        var passage = Passage(
            kind: kind, text: element.text, depth: element.depth, location: place(element.line, element.column))
        passage.code = element.code.map { CodeBlock(info: "", text: $0.text, location: place($0.line, 0)) }
        passage.strong = element.strong
        passage.links = element.links
        return passage
    }

    private func place(_ line: Int, _ column: Int) -> SourceLocation {
        SourceLocation(file: path, line: line, column: column)
    }
}

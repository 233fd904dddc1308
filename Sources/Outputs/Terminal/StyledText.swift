// SPDX-License-Identifier: Apache-2.0

/// Displayed text whose parts may have attributes.
struct StyledText {
    /// A part with its attribute.
    typealias Part = (text: Displayed, attribute: TableStyle.Attribute?)

    /// The parts in order.
    private(set) var parts: [Part] = []
    /// Columns they take.
    var width: Int { parts.reduce(0) { $0 + $1.text.width } }

    /// No text.
    init() {}

    /// One part.
    init(_ text: Displayed, _ attribute: TableStyle.Attribute? = nil) { append(text, attribute) }

    /// Adds a part.
    mutating func append(_ text: Displayed, _ attribute: TableStyle.Attribute? = nil) {
        guard text.width > 0 || !text.description.isEmpty else { return }
        parts.append((text, attribute))
    }

    /// The text with its attributes, where the style has them.
    func rendered(_ style: TableStyle) -> String { parts.map { style.text($0.text, $0.attribute) }.joined() }

    /// The text in lines of at most `columns`, broken behind blanks and the like where one is near.
    ///
    /// What more than `most` lines would hold is left out, which `…` and `isWhole` say.
    func wrapped(_ columns: Int, most: Int) -> (lines: [StyledText], isWhole: Bool) {
        let columns = max(columns, 2)
        var lines: [StyledText] = []
        var rest = self
        while rest.width > columns {
            guard lines.count + 1 < most else {
                var last = rest.split(at: columns - 1).front
                last.append(Displayed("…"))
                return (lines + [last], false)
            }
            let (line, remainder) = rest.split(at: rest.breakPoint(columns))
            lines.append(line)
            rest = remainder
        }
        return (lines + [rest], true)
    }

    /// Where to break: behind the last separator in the last third of the columns, else at their end.
    private func breakPoint(_ columns: Int) -> Int {
        var column = 0
        var found: Int?
        for part in parts {
            for scalar in part.text.description.unicodeScalars {
                let own = Displayed.columns(scalar)
                guard column + own <= columns else { return found ?? column }
                column += own
                if column > columns * 2 / 3, Self.separators.contains(scalar) { found = column }
            }
        }
        return found ?? column
    }

    private static let separators: Set<Unicode.Scalar> = [" ", ",", ";", "&", "|"]

    private func split(at columns: Int) -> (front: StyledText, back: StyledText) {
        var (front, back) = (StyledText(), StyledText())
        for part in parts {
            let room = columns - front.width
            if back.parts.isEmpty, part.text.width <= room {
                front.append(part.text, part.attribute)
            } else if back.parts.isEmpty {
                let head = part.text.prefix(room)
                front.append(head, part.attribute)
                back.append(part.text.dropping(head), part.attribute)
            } else {
                back.append(part.text, part.attribute)
            }
        }
        return (front, back)
    }
}

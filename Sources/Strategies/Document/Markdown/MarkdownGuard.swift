// SPDX-License-Identifier: Apache-2.0

/// Refuses documents on which parsing would take time out of all proportion to their size.
enum MarkdownGuard {
    /// Most marks of quotations and lists at the start of one line.
    private static let maximumNesting = 64
    /// Most characters of emphasis, brackets and code in one paragraph: their matching costs up to the square.
    private static let maximumMarks = 8192
    /// Most cells of tables: short rows are filled up to the width of the first, so few bytes can make many.
    private static let maximumCells = 100_000

    static func check(_ bytes: [UInt8]) throws(MarkdownRefusal) {
        guard bytes.count <= MarkdownReader.maximumBytes else {
            throw MarkdownRefusal(
                line: 0,
                message: "the document is over \(MarkdownReader.maximumBytes >> 20) MiB; no strategy needs that")
        }
        var line = 1
        var nesting = 0
        var isIndent = true
        var isBlank = true
        var marks = 0
        var table = TableSize()
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                table.endLine(isBlank: isBlank)
                if table.cells > maximumCells {
                    throw MarkdownRefusal(
                        line: line - 1, message: "the tables up to here have over \(maximumCells) cells")
                }
                if isBlank { marks = 0 }
                nesting = 0
                isIndent = true
                isBlank = true
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): continue
            case UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"): if isIndent { nesting += 1 }
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "`"),
                UInt8(ascii: "<"), UInt8(ascii: "|"), UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "&"):
                marks += 1
                if byte == UInt8(ascii: "|") { table.pipes += 1 }
                if isIndent, byte == UInt8(ascii: "*") { nesting += 1 } else { isIndent = false }
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ")"):
                if isIndent { nesting += 1 }
            default: isIndent = false
            }
            isBlank = false
            if nesting > 3 * maximumNesting {
                // A ruler of dashes, and a table's, are one mark however long.
                if isIndent, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*") { continue }
                throw MarkdownRefusal(
                    line: line, message: "quotations and lists nest deeper than \(maximumNesting) levels here")
            }
            if marks > maximumMarks {
                throw MarkdownRefusal(
                    line: line, message: "over \(maximumMarks) characters of markup stand in one paragraph here")
            }
        }
    }

    /// An upper bound of the cells that the lines so far can make.
    private struct TableSize {
        var pipes = 0
        private(set) var cells = 0
        private var widest = 0
        private var rows = 0
        private var before = 0

        mutating func endLine(isBlank: Bool) {
            if isBlank {
                before = cells
                (widest, rows) = (0, 0)
            } else {
                widest = max(widest, pipes == 0 ? 0 : pipes + 1)
                rows += 1
                cells = before + widest * rows
            }
            pipes = 0
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A stretch of a YAML file that holds one document.
struct YAMLChunk: Sendable, Equatable {
    /// The text, its markers included.
    var text: String
    /// The line of the file on which it starts, from 1.
    var firstLine: Int
}

/// Cutting a file at its document markers, so that a broken document does not take its neighbours with it.
///
/// A line that starts with `---` or `...` followed by white space is a marker wherever it stands: YAML forbids it inside
/// scalars (YAML 1.2.2, section 9.1.2, `c-forbidden`), so cutting needs no parsing.
enum YAMLChunks {
    /// The documents of a file in order.
    ///
    /// Stretches of nothing but comments, directives and markers join the next one.
    static func split(_ text: String) -> [YAMLChunk] {
        let bytes = Array(text.utf8)
        var chunks: [YAMLChunk] = []
        var start = 0
        var startLine = 1
        var hasContent = false
        var line = 1
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        start = index

        func cut(at end: Int, line nextLine: Int) {
            if hasContent {
                chunks.append(
                    YAMLChunk(text: String(decoding: bytes[start..<end], as: UTF8.self), firstLine: startLine))
                start = end
                startLine = nextLine
            }
            hasContent = false
        }

        while index < bytes.count {
            let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            let current = bytes[index..<end]
            if isMarker(current, UInt8(ascii: "-")) {
                cut(at: index, line: line)
                hasContent = current.dropFirst(3).contains { !isSpace($0) }
            } else if isMarker(current, UInt8(ascii: ".")) {
                cut(at: end, line: line + 1)
            } else if !hasContent {
                hasContent = isContent(current)
            }
            index = end
            line += 1
        }
        cut(at: bytes.count, line: line)
        return chunks
    }

    private static func isMarker(_ line: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
        line.count >= 3 && line.prefix(3).allSatisfy { $0 == byte } && line.dropFirst(3).first.map(isSpace) ?? true
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D, 0x0A].contains(byte) }

    private static func isContent(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.first != UInt8(ascii: "%"), let first = line.first(where: { !isSpace($0) }) else { return false }
        return first != UInt8(ascii: "#")
    }
}

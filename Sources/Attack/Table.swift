// SPDX-License-Identifier: Apache-2.0

/// Lines sorted by their first column, searched where they stand.
///
/// The data is a string literal, so it lies in the program's read-only pages: nothing is read, parsed or indexed before
/// it is asked for. A lookup halves the bytes until it stands on the line (about 20 steps) and cuts that line only.
///
/// Form, made by `scripts/update-attack`: one object a line, each line ended by LF, sorted by bytes; columns cut by tabs,
/// lists within a column by commas; the first column is the id.
struct Table: Sendable {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The columns of the line with an id.
    func row(_ id: String) -> [String]? {
        let bytes = text.utf8.span
        guard let start = start(of: Array(id.utf8), in: bytes) else { return nil }
        return columns(from: start, to: Self.lineEnd(after: start, in: bytes))
    }

    /// The columns of all lines whose id starts with something, in the order of the ids.
    func rows(startingWith prefix: String = "") -> [[String]] {
        let bytes = text.utf8.span
        let prefix = Array(prefix.utf8)
        var position = lowerBound(prefix, in: bytes)
        var result: [[String]] = []
        while position < bytes.count {
            let end = Self.lineEnd(after: position, in: bytes)
            guard position + prefix.count <= end,
                prefix.indices.allSatisfy({ bytes[position + $0] == prefix[$0] })
            else { break }
            result.append(columns(from: position, to: end))
            position = end + 1
        }
        return result
    }

    /// The items of a column that is a list.
    static func list(_ column: String) -> [String] {
        column.split(separator: ",").map(String.init)
    }

    private func columns(from start: Int, to end: Int) -> [String] {
        let lower = text.utf8.index(text.utf8.startIndex, offsetBy: start)
        let upper = text.utf8.index(lower, offsetBy: end - start)
        return text[lower..<upper].split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }

    private func start(of id: [UInt8], in bytes: Span<UInt8>) -> Int? {
        let position = lowerBound(id, in: bytes)
        let end = position + id.count
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\t") else { return nil }
        return id.indices.allSatisfy { bytes[position + $0] == id[$0] } ? position : nil
    }

    /// Where the first line begins whose text is not before a key.
    private func lowerBound(_ key: [UInt8], in bytes: Span<UInt8>) -> Int {
        var low = 0
        var high = bytes.count
        // Both are always the beginning of a line, or the end.
        while low < high {
            let start = Self.lineStart(before: low + (high - low) / 2, in: bytes)
            if Self.line(at: start, in: bytes, precedes: key) {
                low = Self.lineEnd(after: start, in: bytes) + 1
            } else {
                high = start
            }
        }
        return min(low, bytes.count)
    }

    private static func line(at start: Int, in bytes: Span<UInt8>, precedes key: [UInt8]) -> Bool {
        for (offset, byte) in key.enumerated() {
            guard start + offset < bytes.count else { return true }
            let own = bytes[start + offset]
            if own != byte { return own < byte }
        }
        return false
    }

    private static func lineStart(before position: Int, in bytes: Span<UInt8>) -> Int {
        var start = position
        while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
        return start
    }

    private static func lineEnd(after position: Int, in bytes: Span<UInt8>) -> Int {
        var end = position
        while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        return end
    }
}

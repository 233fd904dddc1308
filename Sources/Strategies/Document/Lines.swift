// SPDX-License-Identifier: Apache-2.0

/// Where the lines of a text start; they end with LF, CR LF or CR, as CommonMark has it (section 2.1).
package struct Lines: Sendable {
    /// Offset of the first byte of each line.
    private var starts: [Int] = [0]
    /// Size of the text.
    private let count: Int

    /// Finds the lines.
    package init(_ bytes: [UInt8]) {
        count = bytes.count
        for index in bytes.indices {
            let isReturn = bytes[index] == UInt8(ascii: "\r")
            let isPair = isReturn && index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n")
            if bytes[index] == UInt8(ascii: "\n") || (isReturn && !isPair) { starts.append(index + 1) }
        }
    }

    /// Offset of the first byte of a line, from 1; the end of the text for lines behind it.
    package func start(of line: Int) -> Int { line < 1 ? 0 : line <= starts.count ? starts[line - 1] : count }

    /// The first line that is not UTF-8; nil when all are.
    static func firstInvalidUTF8(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var line = 1
        for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            if String(validating: part, as: UTF8.self) == nil { return line }
            line += 1
        }
        return line
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A token of Python source (The Python Language Reference, chapter 2), as far as constant expressions need it.
struct PythonToken {
    /// What the token is.
    enum Kind: UInt8 {
        case name, number, string, operation, newline
    }

    /// What it is.
    var kind: Kind
    /// For an operator its first byte; for a string the number of bytes of prefix and quotes.
    var detail: UInt8
    /// Where it starts.
    var start: Int32
    /// Where it ends.
    var end: Int32
    /// For an opening bracket, the index of the token that closes it; for a string 0 when its quotes are never closed;
    /// otherwise -1.
    var partner: Int32 = -1

    /// The detail of `+=`.
    static let addAssign: UInt8 = 1
    /// The detail of comparisons and of the other assignments.
    static let other: UInt8 = 2
    /// Set in the detail of a doubled operator, such as `**`.
    static let doubled: UInt8 = 0x80
}

/// Source text and its tokens.
final class PythonSource {
    /// The text.
    let bytes: [UInt8]
    /// Its tokens, a newline last.
    private(set) var tokens: [PythonToken] = []
    /// Whether the text had more tokens than are read.
    private(set) var isCut = false

    private static let mostTokens = 200_000

    /// Reads the tokens of a text: one pass, no nesting, so any input takes time in proportion to its length.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var open: [Int] = []
        var index = 0
        while index < bytes.count {
            guard tokens.count < Self.mostTokens else {
                isCut = true
                break
            }
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0C: index += 1
            case UInt8(ascii: "\n"):
                if open.isEmpty { add(.newline, index, index + 1) }
                index += 1
            case UInt8(ascii: "\\") where index + 1 < bytes.count && bytes[index + 1] == UInt8(ascii: "\n"): index += 2
            case UInt8(ascii: "#"):
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
            case UInt8(ascii: "'"), UInt8(ascii: "\""): readString(from: index, quoteAt: index, &index)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): readWord(.number, &index)
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
                open.append(tokens.count)
                add(.operation, index, index + 1, detail: byte)
                index += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                if let opening = open.popLast() { tokens[opening].partner = Int32(tokens.count) }
                add(.operation, index, index + 1, detail: byte)
                index += 1
            case _ where Self.isWord(byte): readName(&index)
            default: readOperation(&index)
            }
        }
        add(.newline, bytes.count, bytes.count)
    }

    private func add(_ kind: PythonToken.Kind, _ start: Int, _ end: Int, detail: UInt8 = 0) {
        tokens.append(PythonToken(kind: kind, detail: detail, start: Int32(start), end: Int32(end)))
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == UInt8(ascii: "_") || (byte | 0x20) &- UInt8(ascii: "a") < 26
            || byte &- UInt8(ascii: "0") < 10
    }

    private func readWord(_ kind: PythonToken.Kind, _ index: inout Int) {
        let start = index
        while index < bytes.count, Self.isWord(bytes[index]) || (kind == .number && bytes[index] == UInt8(ascii: ".")) {
            index += 1
        }
        add(kind, start, index)
    }

    private func readName(_ index: inout Int) {
        let start = index
        while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
        let isQuote = index < bytes.count && (bytes[index] == UInt8(ascii: "'") || bytes[index] == UInt8(ascii: "\""))
        if isQuote, index - start <= 2, bytes[start..<index].allSatisfy({ "rbufRBUF".utf8.contains($0) }) {
            readString(from: start, quoteAt: index, &index)
        } else {
            add(.name, start, index)
        }
    }

    private func readString(from start: Int, quoteAt quoteStart: Int, _ index: inout Int) {
        let quote = bytes[quoteStart]
        let isTriple =
            quoteStart + 2 < bytes.count && bytes[quoteStart + 1] == quote && bytes[quoteStart + 2] == quote
        let width = isTriple ? 3 : 1
        index = quoteStart + width
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "\\") {
                index += 2
                continue
            }
            if bytes[index] == quote {
                if !isTriple { break }
                if index + 2 < bytes.count, bytes[index + 1] == quote, bytes[index + 2] == quote { break }
            } else if bytes[index] == UInt8(ascii: "\n"), !isTriple {
                break
            }
            index += 1
        }
        let end = min(index, bytes.count)
        let isClosed = end < bytes.count && bytes[end] == quote
        index = isClosed ? end + width : end
        // The body ends at `end`; the closing quotes are found again from the prefix's width.
        add(.string, start, isClosed ? end + width : end, detail: UInt8(quoteStart - start + width))
        if !isClosed { tokens[tokens.count - 1].partner = 0 }
    }

    private func readOperation(_ index: inout Int) {
        let start = index
        let byte = bytes[index]
        index += 1
        // `**`, `//`, `<<`, `>>`, `==`.
        if index < bytes.count, bytes[index] == byte, "*/<>=".utf8.contains(byte) {
            index += 1
            add(.operation, start, index, detail: byte | PythonToken.doubled)
            return
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "="), "+-*/%&|^!<>:@".utf8.contains(byte) {
            index += 1
            add(.operation, start, index, detail: byte == UInt8(ascii: "+") ? PythonToken.addAssign : PythonToken.other)
            return
        }
        add(.operation, start, index, detail: byte)
    }

    func text(_ token: PythonToken) -> ArraySlice<UInt8> { bytes[Int(token.start)..<Int(token.end)] }

    /// Whether a token is this name.
    func isName(_ token: PythonToken, _ name: StaticString) -> Bool {
        guard token.kind == .name, Int(token.end - token.start) == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { buffer in
            for offset in buffer.indices where unsafe bytes[Int(token.start) + offset] != buffer[offset] {
                return false
            }
            return true
        }
    }

    /// A name or number as text.
    func string(_ token: PythonToken) -> String { String(decoding: text(token), as: UTF8.self) }
}

// SPDX-License-Identifier: Apache-2.0

/// A string with wildcards, after escapes were resolved.
public struct StringPattern: Sendable, Hashable {
    /// A piece of a pattern.
    public enum Piece: Sendable, Hashable {
        /// Text that stands for itself.
        case literal(String)
        /// `*`: any number of characters, newlines included.
        case anything
        /// `?`: exactly one character.
        case one
    }

    /// The pieces; neighbouring literals are joined and repeated `anything` stands once.
    public private(set) var pieces: [Piece]

    /// Puts a pattern together.
    public init(pieces: [Piece]) {
        self.pieces = []
        for piece in pieces { append(piece) }
    }

    /// Reads Sigma's escaping: `\*` and `\?` are literal, `\\` is one backslash, and a backslash before anything else
    /// stands for itself (Sigma specification 2.1, "Escaping").
    public init(parsing text: String) {
        pieces = []
        var literal = ""
        var escaped = false
        func flush(_ pattern: inout StringPattern) {
            if !literal.isEmpty { pattern.append(.literal(literal)) }
            literal = ""
        }
        for scalar in text.unicodeScalars {
            if escaped {
                if scalar != "*" && scalar != "?" && scalar != "\\" { literal.unicodeScalars.append("\\") }
                literal.unicodeScalars.append(scalar)
                escaped = false
            } else if scalar == "\\" {
                escaped = true
            } else if scalar == "*" || scalar == "?" {
                flush(&self)
                append(scalar == "*" ? .anything : .one)
            } else {
                literal.unicodeScalars.append(scalar)
            }
        }
        if escaped { literal.unicodeScalars.append("\\") }
        flush(&self)
    }

    /// Appends a piece and keeps the pattern in its normal form.
    public mutating func append(_ piece: Piece) {
        switch (pieces.last, piece) {
        case (_, .literal("")), (.anything, .anything): return
        case (.literal(let before), .literal(let text)): pieces[pieces.count - 1] = .literal(before + text)
        default: pieces.append(piece)
        }
    }

    /// The text when there is no wildcard; nil otherwise.
    public var plainText: String? {
        switch pieces.count {
        case 0: ""
        case 1: if case .literal(let text) = pieces[0] { text } else { nil }
        default: nil
        }
    }

    /// The pattern in Sigma's notation; parsing it gives the pattern again.
    ///
    /// A lone backslash before ordinary text is written once, as rules do; it is doubled only where it would otherwise
    /// escape what follows.
    public var sigma: String {
        var output = ""
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .anything: output += "*"
            case .one: output += "?"
            case .literal(let text):
                Self.escape(text, beforeWildcard: index + 1 < pieces.count, into: &output)
            }
        }
        return output
    }

    private static func escape(_ text: String, beforeWildcard: Bool, into output: inout String) {
        var backslashes = 0
        func flush(special: Bool) -> String {
            defer { backslashes = 0 }
            return String(repeating: "\\", count: backslashes > 1 || special ? backslashes * 2 : backslashes)
        }
        for scalar in text.unicodeScalars {
            if scalar == "\\" {
                backslashes += 1
            } else if scalar == "*" || scalar == "?" {
                output += flush(special: true) + "\\"
                output.unicodeScalars.append(scalar)
            } else {
                output += flush(special: false)
                output.unicodeScalars.append(scalar)
            }
        }
        output += flush(special: beforeWildcard)
    }
}

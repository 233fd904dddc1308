// SPDX-License-Identifier: Apache-2.0
import Bytes
import Sigma

/// A string with wildcards as bytes, the form in which values are compared.
///
/// Bytes rather than text, because `wide` and `base64` work on encodings that are no text.
struct BytePattern: Hashable, Sendable {
    enum Token: Hashable, Sendable {
        case literal([UInt8])
        /// `*`: anything, newlines included.
        case anything
        /// `?`: one character.
        case one
    }

    private(set) var tokens: [Token] = []

    init(tokens: [Token] = []) {
        for token in tokens { append(token) }
    }

    init(_ pattern: StringPattern) {
        for piece in pattern.pieces {
            switch piece {
            case .anything: append(.anything)
            case .one: append(.one)
            case .literal(let text): append(.literal(Array(text.utf8)))
            }
        }
    }

    mutating func append(_ token: Token) {
        switch (tokens.last, token) {
        case (_, .literal([])), (.anything, .anything): return
        case (.literal(let before), .literal(let bytes)): tokens[tokens.count - 1] = .literal(before + bytes)
        default: tokens.append(token)
        }
    }

    /// The pattern between `*` on the sides asked for.
    func wrapped(before: Bool, after: Bool) -> BytePattern {
        var wrapped = self
        if before && tokens.first != .anything { wrapped.tokens.insert(.anything, at: 0) }
        if after { wrapped.append(.anything) }
        return wrapped
    }

    /// The pattern with every literal folded (see `CaseFolding`).
    var folded: BytePattern {
        mapLiterals { bytes in
            var output: [UInt8] = []
            CaseFolding.append(bytes.span, to: &output)
            return output
        }
    }

    func mapLiterals(_ transform: ([UInt8]) -> [UInt8]) -> BytePattern {
        BytePattern(
            tokens: tokens.map { token in
                if case .literal(let bytes) = token { .literal(transform(bytes)) } else { token }
            })
    }

    /// The bytes when there is no wildcard; nil otherwise.
    var plainBytes: [UInt8]? {
        switch tokens.count {
        case 0: []
        case 1: if case .literal(let bytes) = tokens[0] { bytes } else { nil }
        default: nil
        }
    }

    /// The longest literal: whatever matches the pattern contains it.
    var longestLiteral: [UInt8]? {
        tokens.compactMap { if case .literal(let bytes) = $0 { bytes } else { nil } }.max { $0.count < $1.count }
    }

    /// The longest literal in folded form: whatever matches the pattern contains it when folded.
    ///
    /// Nil when it is too short to be worth looking for, or not UTF-8: folding works scalar by scalar, and a scalar may
    /// reach across the ends of such a literal.
    var foldedLiteral: [UInt8]? {
        guard let literal = longestLiteral, literal.count >= 2, String(validating: literal, as: UTF8.self) != nil else {
            return nil
        }
        var folded: [UInt8] = []
        CaseFolding.append(literal.span, to: &folded)
        return folded
    }

    /// Whether the whole of `value` matches.
    ///
    /// Linear in the value for each `*`, without recursion: the usual greedy match that returns to the last `*` on a
    /// mismatch.
    func matches(_ value: Span<UInt8>) -> Bool {
        var token = 0
        var position = 0
        var retryToken = -1
        var retryPosition = 0
        while true {
            if token == tokens.count {
                if position == value.count { return true }
            } else {
                switch tokens[token] {
                case .anything:
                    retryToken = token + 1
                    retryPosition = position
                    token += 1
                    if token == tokens.count { return true }
                    continue
                case .one:
                    if position < value.count {
                        position += CaseFolding.scalarLength(value, at: position)
                        token += 1
                        continue
                    }
                case .literal(let bytes):
                    if position + bytes.count <= value.count,
                        equalBytes(value.extracting(position..<position + bytes.count), bytes.span)
                    {
                        position += bytes.count
                        token += 1
                        continue
                    }
                }
            }
            guard retryToken >= 0, retryPosition < value.count else { return false }
            retryPosition += CaseFolding.scalarLength(value, at: retryPosition)
            position = retryPosition
            token = retryToken
        }
    }
}

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

    /// The longest literals in folded form, longest first: whatever matches the pattern contains them when folded.
    ///
    /// Left out are those too short to be worth looking for, and those that are not UTF-8: folding works scalar by scalar,
    /// and a scalar may reach across the ends of such a literal.
    var foldedLiterals: [[UInt8]] {
        var literals: [[UInt8]] = []
        for case .literal(let bytes) in tokens
        where bytes.count >= 2 && String(validating: bytes, as: UTF8.self) != nil {
            var folded: [UInt8] = []
            CaseFolding.append(bytes.span, to: &folded)
            if !literals.contains(folded) { literals.append(folded) }
        }
        // Sorted with the position as second key: equal length must not make the plan depend on chance.
        return literals.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .prefix(Self.mostLiterals).map(\.element)
    }

    /// The most literals that are worth looking for.
    private static let mostLiterals = 3

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
            retryPosition = nextPlace(for: retryToken, in: value, after: retryPosition)
            if retryPosition < 0 { return false }
            position = retryPosition
            token = retryToken
        }
    }

    /// Where behind a place, at the beginning of a character, a token may match; -1 when it can nowhere.
    @inline(__always)
    private func nextPlace(for token: Int, in value: Span<UInt8>, after place: Int) -> Int {
        let next = place + CaseFolding.scalarLength(value, at: place)
        guard token < tokens.count, case .literal(let bytes) = tokens[token], bytes[0] & 0xC0 != 0x80 else {
            return next
        }
        // What is no continuation byte begins a character or stands for itself, so no place is passed by.
        var index = next
        while index < value.count {
            if value[index] == bytes[0] { return index }
            index &+= 1
        }
        return -1
    }
}

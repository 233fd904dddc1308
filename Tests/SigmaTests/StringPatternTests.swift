// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// Sigma's escaping (specification 2.1, "Escaping"), all forms.
struct StringPatternTests {
    @Test(arguments: [
        (#"plain"#, [StringPattern.Piece.literal("plain")]),
        (#""#, []),
        (#"a*b"#, [.literal("a"), .anything, .literal("b")]),
        (#"a?b"#, [.literal("a"), .one, .literal("b")]),
        (#"a**b"#, [.literal("a"), .anything, .literal("b")]),
        (#"a\*b"#, [.literal("a*b")]),
        (#"a\?b"#, [.literal("a?b")]),
        (#"a\b"#, [.literal(#"a\b"#)]),
        (#"a\\b"#, [.literal(#"a\b"#)]),
        (#"a\\*b"#, [.literal(#"a\"#), .anything, .literal("b")]),
        (#"a\\\*b"#, [.literal(#"a\*b"#)]),
        (#"a\\\\b"#, [.literal(#"a\\b"#)]),
        (#"a\\\b"#, [.literal(#"a\\b"#)]),
        (#"a\\\\*"#, [.literal(#"a\\"#), .anything]),
        (#"a\"#, [.literal(#"a\"#)]),
        (#"a\\"#, [.literal(#"a\"#)]),
        (#"\\host\share"#, [.literal(#"\host\share"#)]),
        (#"?é?"#, [.one, .literal("é"), .one]),
    ])
    func `text is read into pieces`(text: String, pieces: [StringPattern.Piece]) {
        #expect(StringPattern(parsing: text).pieces == pieces)
    }

    @Test(arguments: [
        [StringPattern.Piece.literal(#"a\"#), .anything], [.literal(#"a\*"#)], [.literal(#"\\"#)],
        [.literal(#"\\\"#), .one],
        [.literal(#"C:\Windows\System32"#), .anything], [.anything, .literal(#"\"#)], [.literal(#"a\\?b\"#)],
        [.literal("*?*")], [],
    ])
    func `a pattern written out and read again is the same`(pieces: [StringPattern.Piece]) {
        let pattern = StringPattern(pieces: pieces)
        #expect(StringPattern(parsing: pattern.sigma) == pattern, "\(pattern.sigma)")
    }

    @Test func `lone backslashes of paths are written once`() {
        #expect(StringPattern(parsing: #"C:\Windows\*.exe"#).sigma == #"C:\Windows\*.exe"#)
        #expect(StringPattern(parsing: #"*\cmd.exe"#).sigma == #"*\cmd.exe"#)
    }
}

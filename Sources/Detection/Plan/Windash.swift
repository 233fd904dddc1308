// SPDX-License-Identifier: Apache-2.0

/// The `windash` modifier: every dash that begins a parameter in every spelling Windows programs accept.
enum Windash {
    static let spellings: [[UInt8]] = ["-", "/", "\u{2013}", "\u{2014}", "\u{2015}"].map { Array($0.utf8) }
    /// Beyond this a value would blow up the plan; the rule is refused.
    static let mostForms = 3_125

    /// All forms of a pattern; nil when there would be too many.
    ///
    /// A dash counts when no word character stands before it and one follows it (`\B[-/]\b`, as pySigma's
    /// `SigmaWindowsDashModifier` has it).
    static func forms(of pattern: BytePattern) -> [BytePattern]? {
        var forms = [BytePattern()]
        for token in pattern.tokens {
            guard case .literal(let bytes) = token else {
                forms = forms.map { BytePattern(tokens: $0.tokens + [token]) }
                continue
            }
            var start = 0
            for place in bytes.indices where isParameterDash(bytes, place) {
                guard forms.count * spellings.count <= mostForms else { return nil }
                let before = BytePattern.Token.literal(Array(bytes[start..<place]))
                forms = forms.flatMap { form in
                    spellings.map { BytePattern(tokens: form.tokens + [before, .literal($0)]) }
                }
                start = place + 1
            }
            let rest = BytePattern.Token.literal(Array(bytes[start...]))
            forms = forms.map { BytePattern(tokens: $0.tokens + [rest]) }
        }
        return forms
    }

    private static func isParameterDash(_ bytes: [UInt8], _ place: Int) -> Bool {
        guard bytes[place] == UInt8(ascii: "-") || bytes[place] == UInt8(ascii: "/") else { return false }
        let wordBefore = place > 0 && isWord(bytes[place - 1])
        let wordAfter = place + 1 < bytes.count && isWord(bytes[place + 1])
        return !wordBefore && wordAfter
    }

    /// Letters, digits, underscore; every byte of a non-ASCII letter counts as one.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}

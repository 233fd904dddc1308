// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Finds out what text every match of a regular expression must contain.
///
/// A small, cautious reader of PCRE2's syntax (pcre2pattern(3)): it understands sequences, alternatives, groups, classes
/// and quantifiers, and gives up on the whole expression at anything else. What it finds is folded as values are.
struct RegexLiterals {
    /// Literals one of which every match contains; nil when there is no such set that is worth looking for.
    let best: [[UInt8]]?

    /// The shortest literal that is worth looking for.
    static let shortest = 3
    /// The most literals of one set.
    static let most = 24

    /// Reads an expression.
    init(_ pattern: String, ignoreCase: Bool) {
        var reader = Reader(bytes: Array(pattern.utf8), ignoreCase: ignoreCase)
        let found = reader.alternatives(depth: 0)
        best = reader.gaveUp || reader.at < reader.bytes.count ? nil : found
    }

    /// One of these is in every match; nil: nothing is known.
    typealias Required = [[UInt8]]?

    private struct Reader {
        let bytes: [UInt8]
        var ignoreCase: Bool
        var at = 0
        var gaveUp = false

        /// What one element of a sequence is.
        enum Atom {
            /// This very character.
            case character(UInt8)
            /// Nothing of known text, but one place in it.
            case unknown
            /// A group with what it requires.
            case group(Required)
            /// An assertion, which takes no place.
            case nothing
        }

        mutating func alternatives(depth: Int) -> Required {
            guard depth < 50 else {
                gaveUp = true
                return nil
            }
            var all: Required = []
            repeat {
                let one = sequence(depth: depth)
                if let one, let before = all, before.count + one.count <= RegexLiterals.most {
                    all = before + one
                } else {
                    all = nil
                }
            } while take("|") && !gaveUp
            return all
        }

        /// Reads up to `|`, `)` or the end; gives the best of what its elements require.
        mutating func sequence(depth: Int) -> Required {
            var best: Required = nil
            var run: [UInt8] = []
            func better(_ candidate: Required) {
                guard let candidate, let worst = candidate.map(\.count).min(), worst >= RegexLiterals.shortest else {
                    return
                }
                let known = best?.map(\.count).min() ?? 0
                // One long literal is better than several, several longer ones better than one short.
                if best == nil || worst * 4 - candidate.count > known * 4 - (best?.count ?? 0) { best = candidate }
            }
            func endRun() {
                if run.count >= RegexLiterals.shortest { better([run]) }
                run = []
            }
            while at < bytes.count, !gaveUp, bytes[at] != UInt8(ascii: "|"), bytes[at] != UInt8(ascii: ")") {
                let atom = element(depth: depth)
                let least = quantifier()
                switch atom {
                case .character(let byte):
                    // Once for sure; what follows a repeated character need not touch the first.
                    if least.count >= 1 { run.append(byte) }
                    if least.isQuantified { endRun() }
                case .unknown: endRun()
                case .group(let required):
                    endRun()
                    if least.count >= 1 { better(required) }
                case .nothing: break
                }
            }
            endRun()
            return best
        }

        private mutating func take(_ text: StaticString) -> Bool {
            let count = text.utf8CodeUnitCount
            guard at + count <= bytes.count,
                equalBytes(bytes.span.extracting(at..<at + count), text)
            else { return false }
            at += count
            return true
        }

        /// How often the element just read stands there at least.
        private mutating func quantifier() -> (count: Int, isQuantified: Bool) {
            guard at < bytes.count else { return (1, false) }
            var least = 1
            switch bytes[at] {
            case UInt8(ascii: "*"), UInt8(ascii: "?"):
                least = 0
                at += 1
            case UInt8(ascii: "+"): at += 1
            case UInt8(ascii: "{"):
                guard let count = braces() else { return (1, false) }
                least = count
            default: return (1, false)
            }
            // Lazy and possessive forms require the same.
            if at < bytes.count, bytes[at] == UInt8(ascii: "?") || bytes[at] == UInt8(ascii: "+") { at += 1 }
            return (least, true)
        }

        /// `{n}`, `{n,}`, `{n,m}`; anything else in braces is literal text, at which the reader gives up.
        private mutating func braces() -> Int? {
            var index = at + 1
            var least = 0
            let first = index
            while index < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[index], index - first < 6 {
                least = least * 10 + Int(bytes[index] - UInt8(ascii: "0"))
                index += 1
            }
            guard index > first else {
                gaveUp = true
                return nil
            }
            if index < bytes.count, bytes[index] == UInt8(ascii: ",") {
                index += 1
                while index < bytes.count, case UInt8(ascii: "0")...UInt8(ascii: "9") = bytes[index] { index += 1 }
            }
            guard index < bytes.count, bytes[index] == UInt8(ascii: "}") else {
                gaveUp = true
                return nil
            }
            at = index + 1
            return least
        }

        private mutating func element(depth: Int) -> Atom {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "("): return group(depth: depth)
            case UInt8(ascii: "["):
                skipClass()
                return .unknown
            case UInt8(ascii: "."): return .unknown
            case UInt8(ascii: "^"), UInt8(ascii: "$"): return .nothing
            case UInt8(ascii: "\\"): return escape()
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
                gaveUp = true
                return .unknown
            default: return literal(byte)
            }
        }

        /// A character that stands for itself.
        private func literal(_ byte: UInt8) -> Atom {
            // Letters beyond ASCII fold in ways of their own, and without regard to case PCRE2 takes U+017F for an s.
            guard byte < 0x80 else { return .unknown }
            let folded = CaseFolding.lowercased(byte)
            if ignoreCase, folded == UInt8(ascii: "s") { return .unknown }
            return .character(folded)
        }

        private mutating func escape() -> Atom {
            guard at < bytes.count else {
                gaveUp = true
                return .unknown
            }
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "s"), UInt8(ascii: "S"), UInt8(ascii: "w"),
                UInt8(ascii: "W"), UInt8(ascii: "h"), UInt8(ascii: "H"), UInt8(ascii: "v"), UInt8(ascii: "V"),
                UInt8(ascii: "R"), UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "f"):
                return .unknown
            case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "Z"):
                return .nothing
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                gaveUp = true
                return .unknown
            default: return literal(byte)
            }
        }

        private mutating func group(depth: Int) -> Atom {
            let outer = ignoreCase
            var isAssertion = false
            if take("?") {
                if take(":") {
                } else if take("=") || take("!") || take("<=") || take("<!") {
                    isAssertion = true
                } else if take("i)") {
                    // From here to the end of the group around it.
                    ignoreCase = true
                    return .nothing
                } else if take("i:") {
                    ignoreCase = true
                } else if take("P<") || take("<") {
                    while at < bytes.count, bytes[at] != UInt8(ascii: ">") { at += 1 }
                    at += 1
                } else {
                    gaveUp = true
                    return .unknown
                }
            } else if take("*") {
                gaveUp = true
                return .unknown
            }
            let required = alternatives(depth: depth + 1)
            if !take(")") { gaveUp = true }
            ignoreCase = outer
            return isAssertion ? .nothing : .group(required)
        }

        /// Skips a class behind its bracket (pcre2pattern(3), "Square brackets and character classes").
        private mutating func skipClass() {
            _ = take("^")
            // A bracket right at the start is a member.
            _ = take("]")
            while at < bytes.count {
                let byte = bytes[at]
                at += 1
                if byte == UInt8(ascii: "]") { return }
                if byte == UInt8(ascii: "\\") {
                    // Quoting may begin or end in a class, and then a bracket is not what it seems.
                    if at < bytes.count, bytes[at] == UInt8(ascii: "Q") || bytes[at] == UInt8(ascii: "E") { break }
                    at += 1
                } else if byte == UInt8(ascii: "["), at < bytes.count,
                    [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "=")].contains(bytes[at])
                {
                    // The name of a class, or two members, as what follows decides.
                    break
                }
            }
            gaveUp = true
        }
    }
}

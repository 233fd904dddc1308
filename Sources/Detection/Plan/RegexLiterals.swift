// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Finds out what text every match of a regular expression must contain.
///
/// A small, cautious reader of PCRE2's syntax (pcre2pattern(3)): it understands sequences, alternatives, groups, classes
/// and quantifiers, and gives up on the whole expression at anything else. What it finds is folded as values are.
struct RegexLiterals {
    /// Sets of literals: of each set, every match contains one.
    ///
    /// The most telling first; none when nothing worth looking for is known.
    let sets: [[[UInt8]]]

    /// The most sets that are told.
    static let mostSets = 4
    /// The most literals of one set.
    static let most = 24
    /// The most ways to read a run of characters and small classes.
    private static let mostReadings = 8

    /// Reads an expression.
    init(_ pattern: String, ignoreCase: Bool) {
        var reader = Reader(bytes: Array(pattern.utf8), ignoreCase: ignoreCase)
        let found = reader.alternatives(depth: 0)
        sets = reader.gaveUp || reader.at < reader.bytes.count ? [] : found
    }

    /// How telling a literal is: more is rarer in command lines, paths and scripts.
    private static func rarity(_ literal: [UInt8]) -> Int {
        literal.reduce(0) { sum, byte in
            switch byte {
            case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "o"),
                UInt8(ascii: "r"), UInt8(ascii: "s"), UInt8(ascii: "t"):
                sum + 1
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: " "),
                UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ":"),
                UInt8(ascii: "\""), UInt8(ascii: "_"), UInt8(ascii: "="), UInt8(ascii: ","):
                sum + 2
            default: sum + 4
            }
        }
    }

    /// How telling a set is; 0 when it is not worth looking for.
    ///
    /// One long literal is better than several, several longer ones better than one short.
    private static func worth(_ set: [[UInt8]]) -> Int {
        guard set.count <= most, let worst = set.map(rarity).min(), worst >= 4 else { return 0 }
        return worst * 4 - set.count
    }

    /// The best of some sets.
    private static func best(of sets: [[[UInt8]]]) -> [[[UInt8]]] {
        var kept: [(worth: Int, set: [[UInt8]])] = []
        for set in sets {
            let set = Array(Set(set)).sorted { $0.lexicographicallyPrecedes($1) }
            let worth = worth(set)
            if worth > 0, !kept.contains(where: { $0.set == set }) { kept.append((worth, set)) }
        }
        // Sorted with the position as second key: equal worth must not make the plan depend on chance.
        let order = kept.indices.sorted { (kept[$1].worth, $0) < (kept[$0].worth, $1) }
        return order.prefix(mostSets).map { kept[$0].set }
    }

    private struct Reader {
        let bytes: [UInt8]
        var ignoreCase: Bool
        var at = 0
        var gaveUp = false

        /// What one element of a sequence is.
        enum Atom {
            /// One of these characters.
            case characters([UInt8])
            /// Nothing of known text, but one place in it.
            case unknown
            /// A group with what it requires.
            case group([[[UInt8]]])
            /// An assertion, which takes no place.
            case nothing
        }

        mutating func alternatives(depth: Int) -> [[[UInt8]]] {
            guard depth < 50 else {
                gaveUp = true
                return []
            }
            var branches = [sequence(depth: depth)]
            while take("|"), !gaveUp { branches.append(sequence(depth: depth)) }
            if branches.count == 1 { return branches[0] }
            // Whatever branch it is, its best set holds.
            var all: [[UInt8]] = []
            for branch in branches {
                guard let best = branch.first, all.count + best.count <= RegexLiterals.most else { return [] }
                all += best
            }
            return RegexLiterals.best(of: [all])
        }

        /// Reads up to `|`, `)` or the end; gives the best of what its elements require.
        mutating func sequence(depth: Int) -> [[[UInt8]]] {
            var found: [[[UInt8]]] = []
            // The ways to read the characters since the last element of unknown text.
            var run: [[UInt8]] = [[]]
            func endRun() {
                if run != [[]] { found.append(run) }
                run = [[]]
            }
            while at < bytes.count, !gaveUp, bytes[at] != UInt8(ascii: "|"), bytes[at] != UInt8(ascii: ")") {
                let atom = element(depth: depth)
                let least = quantifier()
                switch atom {
                case .characters(let members):
                    if run.count * members.count > RegexLiterals.mostReadings { endRun() }
                    // Once for sure; what follows a repeated character need not touch the first.
                    if least.count >= 1 { run = run.flatMap { before in members.map { before + [$0] } } }
                    if least.isQuantified { endRun() }
                case .unknown: endRun()
                case .group(let required):
                    endRun()
                    if least.count >= 1 { found += required }
                case .nothing: break
                }
            }
            endRun()
            return RegexLiterals.best(of: found)
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
            case UInt8(ascii: "["): return characterClass()
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
            return .characters([folded])
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

        /// Reads a class behind its bracket (pcre2pattern(3), "Square brackets and character classes").
        ///
        /// Its members are told when they are a few plain characters.
        private mutating func characterClass() -> Atom {
            // Nil once there is a member that is not a plain character.
            var members: [UInt8]? = []
            func add(_ byte: UInt8) {
                guard case .characters(let folded) = literal(byte) else { return members = nil }
                if let known = members, !known.contains(folded[0]) { members = known + folded }
            }
            if take("^") { members = nil }
            // A bracket right at the start is a member.
            if take("]") { add(UInt8(ascii: "]")) }
            while at < bytes.count {
                let byte = bytes[at]
                at += 1
                switch byte {
                case UInt8(ascii: "]"):
                    guard let members, (1...4).contains(members.count) else { return .unknown }
                    return .characters(members)
                case UInt8(ascii: "\\"):
                    guard at < bytes.count else { break }
                    let escaped = bytes[at]
                    at += 1
                    switch escaped {
                    // Quoting may begin or end in a class, and then a bracket is not what it seems.
                    case UInt8(ascii: "Q"), UInt8(ascii: "E"):
                        gaveUp = true
                        return .unknown
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"):
                        members = nil
                    default: add(escaped)
                    }
                // Perhaps a range.
                case UInt8(ascii: "-"): members = nil
                case UInt8(ascii: "["):
                    if at < bytes.count, [UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "=")].contains(bytes[at]) {
                        // The name of a class, or two members, as what follows decides.
                        gaveUp = true
                        return .unknown
                    }
                    add(byte)
                default: add(byte)
                }
            }
            gaveUp = true
            return .unknown
        }
    }
}

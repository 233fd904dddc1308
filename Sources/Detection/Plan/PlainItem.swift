// SPDX-License-Identifier: Apache-2.0
import Bytes
import Sigma

/// An item whose modifiers say no more than where in the value a text stands: by far the most there are.
///
/// PERF: values go from the rule's text to a folded test in one pass; the way through `ValueState` gives the same test
/// and takes several times as long.
struct PlainItem {
    private let relation: Test.Relation

    /// Looks at an item; nil when it must go the long way.
    init?(_ item: DetectionItem) {
        var relation = Test.Relation.equals
        for modifier in item.modifiers {
            switch modifier {
            case .all, .neq: continue
            case .contains where relation == .equals: relation = .contains
            case .startswith where relation == .equals: relation = .prefix
            case .endswith where relation == .equals: relation = .suffix
            default: return nil
            }
        }
        // A keyword that is tied to no end is looked for inside values.
        if item.field == nil && relation == .equals { relation = .contains }
        self.relation = relation
    }

    /// The test for a value; nil when it is no text, empty, or has wildcards.
    func test(_ value: Value) -> Test? {
        guard case .string(var text) = value else { return nil }
        let folded = text.withUTF8 { unsafe Self.fold(Span(_unsafeElements: $0)) }
        guard let folded, !folded.isEmpty else { return nil }
        return switch relation {
        case .equals: .equals(folded)
        case .contains: .contains(folded)
        case .prefix: .prefix(folded)
        case .suffix: .suffix(folded)
        }
    }

    /// The text after escapes and folding; nil when a wildcard stands in it.
    ///
    /// `\\*`, `\\?` and `\\\\` are a star, a question mark and a backslash; other backslashes stand for themselves.
    private static func fold(_ text: Span<UInt8>) -> [UInt8]? {
        var isASCII = true
        var hasWildcard = false
        let folded = [UInt8](capacity: text.count) { folded in
            var index = 0
            while index < text.count {
                var byte = text[index]
                switch byte {
                case UInt8(ascii: "*"), UInt8(ascii: "?"):
                    hasWildcard = true
                    return
                case UInt8(ascii: "\\"):
                    if index &+ 1 < text.count {
                        let next = text[index &+ 1]
                        if next == UInt8(ascii: "*") || next == UInt8(ascii: "?") || next == UInt8(ascii: "\\") {
                            byte = next
                            index &+= 1
                        }
                    }
                default: break
                }
                if byte >= 0x80 { isASCII = false }
                folded.append(CaseFolding.lowercased(byte))
                index &+= 1
            }
        }
        if hasWildcard { return nil }
        if isASCII { return folded }
        // Lower case of ASCII letters is part of the whole folding, so folding again changes nothing but the rest.
        var whole: [UInt8] = []
        CaseFolding.append(folded.span, to: &whole)
        return whole
    }
}

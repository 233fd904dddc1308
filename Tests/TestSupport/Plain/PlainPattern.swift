// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma

/// A pattern with wildcards over characters.
struct PlainPattern: Equatable {
    /// What a pattern is made of.
    enum Element: Equatable {
        case character(PlainCharacter)
        case anything
        case one
    }

    var elements: [Element]

    /// Reads pieces; text counts as its UTF-8.
    init(_ pattern: StringPattern) {
        elements = pattern.pieces.flatMap { piece -> [Element] in
            switch piece {
            case .literal(let text): Self.literal(Array(text.utf8))
            case .anything: [.anything]
            case .one: [.one]
            }
        }
    }

    /// Bytes that stand for themselves.
    init(literal bytes: [UInt8]) { elements = Self.literal(bytes) }

    private static func literal(_ bytes: [UInt8]) -> [Element] {
        PlainText.characters(bytes).map { .character($0) }
    }

    /// Whether this is `*` (or `**`): any value that is there.
    var isPresence: Bool { !elements.isEmpty && elements.allSatisfy { $0 == .anything } }

    /// The bytes of a pattern without wildcards; nil when it has some.
    var plainBytes: [UInt8]? {
        var bytes: [UInt8] = []
        for element in elements {
            switch element {
            case .character(.scalar(let scalar)): bytes += Array(String(scalar).utf8)
            case .character(.stray(let byte)): bytes.append(byte)
            case .anything, .one: return nil
            }
        }
        return bytes
    }

    /// The pattern with `*` before it.
    var openedAtStart: PlainPattern { with([.anything] + elements) }
    /// The pattern with `*` behind it.
    var openedAtEnd: PlainPattern { with(elements + [.anything]) }
    /// The pattern in lower case.
    var folded: PlainPattern {
        with(
            elements.flatMap { element -> [Element] in
                guard case .character(let character) = element else { return [element] }
                return PlainText.folded([character]).map { .character($0) }
            })
    }

    /// The same with other elements.
    func with(_ elements: [Element]) -> PlainPattern {
        var copy = self
        copy.elements = elements
        return copy
    }

    /// Whether the whole text fits: the classic walk that returns to the last `*` when it is stuck.
    func matches(_ text: [PlainCharacter]) -> Bool {
        var at = 0
        var here = 0
        var star: (at: Int, here: Int)?
        while here < text.count {
            if at < elements.count, elements[at] == .anything {
                star = (at, here)
                at += 1
            } else if at < elements.count, elements[at] == .one || elements[at] == .character(text[here]) {
                at += 1
                here += 1
            } else if let last = star {
                star = (last.at, last.here + 1)
                at = last.at + 1
                here = last.here + 1
            } else {
                return false
            }
        }
        return elements[at...].allSatisfy { $0 == .anything }
    }
}

extension PlainPattern {
    /// The ways to write the dashes that begin a parameter, as pySigma defines them: a `-` or `/` behind nothing or no
    /// word character and before a word character stands for any of five.
    var windash: [PlainPattern] {
        var variants: [[Element]] = [[]]
        for (index, element) in elements.enumerated() {
            let before = index > 0 ? elements[index - 1] : nil
            let after = index + 1 < elements.count ? elements[index + 1] : nil
            let isDash = element == .character(.scalar("-")) || element == .character(.scalar("/"))
            let choices = isDash && !Self.isWord(before) && Self.isWord(after) ? Self.dashes : [element]
            variants = variants.flatMap { variant in choices.map { variant + [$0] } }
        }
        return variants.map { with($0) }
    }

    private static let dashes: [Element] = ["-", "/", "\u{2013}", "\u{2014}", "\u{2015}"].map {
        .character(.scalar($0))
    }

    /// What Python's `\w` holds: letters, numbers and the underscore.
    private static func isWord(_ element: Element?) -> Bool {
        guard case .character(.scalar(let scalar)) = element else { return false }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber:
            return true
        default: return scalar == "_"
        }
    }

    /// Literal runs as UTF-16; wildcards stay between them.
    func utf16(bigEndian: Bool, mark: Bool) -> PlainPattern {
        let encoded = elements.flatMap { element -> [UInt8?] in
            guard case .character(let character) = element else { return [nil] }
            switch character {
            case .stray(let byte): return [byte]
            case .scalar(let scalar):
                return String(scalar).utf16.flatMap { unit -> [UInt8?] in
                    bigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
                }
            }
        }
        // Bytes of neighbouring characters are read together, as they will be in an event.
        var result: [Element] = []
        var run: [UInt8] = mark ? [0xFF, 0xFE] : []
        var wildcards = elements.filter { $0 == .anything || $0 == .one }[...]
        for byte in encoded {
            if let byte {
                run.append(byte)
            } else {
                result += PlainPattern(literal: run).elements
                run = []
                result.append(wildcards.removeFirst())
            }
        }
        return with(result + PlainPattern(literal: run).elements)
    }

    /// The text in base64; nil when it holds wildcards, which cannot be encoded.
    var base64: PlainPattern? {
        guard let bytes = plainBytes else { return nil }
        return PlainPattern(literal: Array(Data(bytes).base64EncodedData()))
    }

    /// What stays the same of the text in base64 at each of the three alignments.
    ///
    /// An alignment of which nothing stays is left out. Nil when the text holds wildcards.
    var base64offset: [PlainPattern]? {
        guard let bytes = plainBytes else { return nil }
        return (0..<3).compactMap { offset in
            let padded = [UInt8](repeating: 0x20, count: offset) + bytes
            var encoded = Array(Data(padded).base64EncodedData())
            encoded.removeLast([0, 3, 2][padded.count % 3])
            let start = [0, 2, 3][offset]
            guard encoded.count > start else { return nil }
            return PlainPattern(literal: Array(encoded[start...]))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts

/// Text as a terminal will show it: nothing in it acts on the terminal, and its width is known.
///
/// Values come from telemetry an attacker writes. Escape sequences could clear the screen, rewrite the title or forge
/// lines, and direction overrides could show a path backwards; all such scalars become visible escapes (`\x1b`,
/// `\u{202e}`). Measured in columns after Unicode's East Asian Width (UAX #11) and general categories.
struct Displayed: Hashable, CustomStringConvertible {
    /// The safe text.
    private(set) var description = ""
    /// Columns it takes.
    private(set) var width = 0

    /// The most combining marks kept on one character; more only serve to smear neighbouring lines.
    private static let mostMarks = 4

    init() {}

    /// Makes text safe to show.
    init(_ text: String) {
        var marks = 0
        for scalar in text.unicodeScalars {
            let columns = Self.columns(scalar)
            marks = columns == 0 ? marks + 1 : 0
            if scalar.isUnsafeOnTerminals || marks > Self.mostMarks {
                append(Self.escape(scalar))
            } else {
                append(scalar, columns)
            }
        }
    }

    /// Appends text that is known to be safe, such as other displayed text.
    static func + (a: Displayed, b: Displayed) -> Displayed {
        var sum = a
        sum.description += b.description
        sum.width += b.width
        return sum
    }

    /// The front part that fits into `columns`.
    func prefix(_ columns: Int) -> Displayed {
        guard width > columns else { return self }
        var part = Displayed()
        for scalar in description.unicodeScalars {
            let own = Self.columns(scalar)
            guard part.width + own <= columns else { break }
            part.append(scalar, own)
        }
        return part
    }

    /// The end part that fits into `columns`.
    func suffix(_ columns: Int) -> Displayed {
        guard width > columns else { return self }
        var skip = width - columns
        var part = Displayed()
        for scalar in description.unicodeScalars {
            let own = Self.columns(scalar)
            if skip > 0 {
                skip -= own
            } else if own > 0 || part.width > 0 {
                part.append(scalar, own)
            }
        }
        return part
    }

    /// What follows a front part of this text.
    func dropping(_ front: Displayed) -> Displayed {
        var rest = Displayed()
        rest.description = String(description.unicodeScalars.dropFirst(front.description.unicodeScalars.count))
        rest.width = width - front.width
        return rest
    }

    /// The whole, or its front part followed by `…`, in at most `columns`.
    func fitted(_ columns: Int) -> Displayed {
        guard width > columns else { return self }
        return columns < 1 ? Displayed() : prefix(columns - 1) + Displayed("…")
    }

    /// The whole, or `…` followed by its end part, in at most `columns`.
    func fittedToEnd(_ columns: Int) -> Displayed {
        guard width > columns else { return self }
        return columns < 1 ? Displayed() : Displayed("…") + suffix(columns - 1)
    }

    /// The text followed by blanks up to `columns`.
    func padded(_ columns: Int) -> Displayed {
        var padded = self
        padded.description += String(repeating: " ", count: max(0, columns - width))
        padded.width = max(width, columns)
        return padded
    }

    private mutating func append(_ scalar: Unicode.Scalar, _ columns: Int) {
        description.unicodeScalars.append(scalar)
        width += columns
    }

    private mutating func append(_ ascii: String) {
        description += ascii
        width += ascii.utf8.count
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case "\0"..."\u{FF}": "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }

    /// Columns of a scalar on a terminal.
    static func columns(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return 0
        default: break
        }
        // Hangul vowels and finals join the syllable before them.
        if (0x1160...0x11FF).contains(scalar.value) { return 0 }
        return scalar.properties.isEmojiPresentation || wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// Blocks that are East Asian Wide or Fullwidth (UAX #11, EastAsianWidth.txt), joined where only unassigned
    /// scalars lie between.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x1F900...0x1F9FF,
        0x20000...0x3FFFD,
    ]
}

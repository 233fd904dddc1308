// SPDX-License-Identifier: Apache-2.0

/// Writes values an attacker may have chosen so that a shell takes them as one word and nothing else.
enum ShellQuoting {
    /// Whether no shell does anything with a value, in or out of quotes: letters, digits and `_%+=:,./@-`, not at the
    /// start of which stands `-` (an option), `=` (zsh looks up a program), `%` (a job) or `@` (PowerShell's splatting).
    static func isHarmless(_ value: String) -> Bool {
        guard let first = value.utf8.first,
            isWordByte(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: ".")
        else { return false }
        return value.utf8.allSatisfy { isWordByte($0) || "%+=:,./@-".utf8.contains($0) }
    }

    /// A value as one word of a POSIX shell (bash, zsh, ksh, dash, busybox).
    ///
    /// In single quotes; where the value holds characters that act on terminals, in `$'…'` with these as octal escapes.
    /// That form has no quote inside, so a shell that does not know it still sees one word. Nil for a NUL, which no
    /// argument can hold.
    static func posix(_ value: String) -> String? {
        if isHarmless(value) { return value }
        let scalars = value.unicodeScalars
        guard !scalars.contains("\0") else { return nil }
        guard scalars.contains(where: \.isUnsafeOnTerminals) else {
            return "'" + value.replacing("'", with: "'\\''") + "'"
        }
        var quoted = "$'"
        for scalar in scalars {
            // `!` recalls history in some interactive shells.
            if scalar.isUnsafeOnTerminals || scalar == "'" || scalar == "\\" || scalar == "!" {
                for byte in String(scalar).utf8 {
                    let digits = String(byte, radix: 8)
                    quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
                }
            } else {
                quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "'"
    }

    /// A value as one word of both cmd.exe and PowerShell; nil where the two do not agree on how to write it.
    static func windows(_ value: String) -> String? {
        if isHarmless(value) && !value.utf8.contains(UInt8(ascii: "%")) && !value.utf8.contains(UInt8(ascii: ",")) {
            return value
        }
        // cmd.exe expands % and ! within double quotes, PowerShell $ and `; a backslash before the quote escapes it.
        let isPlain = value.utf8.allSatisfy { isWordByte($0) || " \\/.:,+=@()[]{}~-".utf8.contains($0) }
        guard isPlain, !value.isEmpty, !value.hasSuffix("\\"), !value.hasPrefix("-") else { return nil }
        return "\"" + value + "\""
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

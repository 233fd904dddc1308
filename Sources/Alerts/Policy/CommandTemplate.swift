// SPDX-License-Identifier: Apache-2.0

/// A command of a playbook, in which `{field}` stands for a field of the alert's event.
///
/// Whoever wrote the template is trusted, whoever wrote the event is not, and an analyst may paste the result. Out of
/// quotes a value is quoted as one word. Where a template hands its words to another interpreter (`ssh`, `sh -c`, `awk`
/// …), and inside quotes, here-documents and backquotes, one layer of quoting may not be enough: there only values
/// without any special character are filled in. What cannot be filled in safely, or is not in the event, stays `{field}`.
/// `{{…}}` and `${…}` are the command's own.
public struct CommandTemplate: Hashable, Sendable {
    /// The template as written.
    public let text: String
    /// The longest value filled in, in bytes; longer ones may have been cut.
    public static let longestValue = 1024

    /// Whose quoting is followed.
    public enum Shell: Sendable, Hashable {
        /// sh, bash, zsh, ksh.
        case posix
        /// cmd.exe and PowerShell both.
        case windows
    }

    /// Wraps a template.
    public init(_ text: String) { self.text = text }

    /// The command for an event, and the names of the placeholders that stayed in it, each once.
    public func filled(from fields: NamedValues, shell: Shell = .posix) -> (command: String, unfilled: [String]) {
        var scanner = Scanner(Array(text.unicodeScalars), isStrict: isReinterpreted, shell: shell)
        let command = scanner.run { fields.text($0) }
        return (command, scanner.unfilled)
    }

    /// Programs and words of the shell that take their arguments for code.
    private static let interpreters: Set<Substring> = [
        "ssh", "eval", "su", "sh", "bash", "dash", "zsh", "ksh", "ash", "fish", "busybox", "watch", "xargs", "parallel",
        "perl", "ruby", "node", "php", "lua", "awk", "gawk", "mawk", "sed", "env", "expect", "tmux", "screen", "at",
        "pwsh", "powershell", "powershell.exe", "pwsh.exe", "cmd", "cmd.exe", "wmic", "iex", "invoke-expression",
        "invoke-command", "let", "declare", "typeset", "test", "[", "[[", "trap", "script", "unshare", "runuser",
        "ansible", "salt", "gdb", "vim", "sqlite3", "psql", "mysql",
    ]

    private var isReinterpreted: Bool {
        if text.contains("((") || text.contains("${") { return true }
        let words = text.lowercased().split { $0.isWhitespace || "\"'`;|&()<>".contains($0) }
        return words.contains { word in
            let program = word.split(separator: "/").last ?? word
            return Self.interpreters.contains(program) || program.hasPrefix("python")
        }
    }
}

extension CommandTemplate {
    /// Walks a template and keeps track of its quotes.
    private struct Scanner {
        private enum Quote { case none, single, double }

        private let scalars: [Unicode.Scalar]
        private var isStrict: Bool
        private let shell: Shell
        private var position = 0
        private var quote = Quote.none
        private var result = String.UnicodeScalarView()
        /// Names of placeholders that were left, each once.
        private(set) var unfilled: [String] = []

        init(_ scalars: [Unicode.Scalar], isStrict: Bool, shell: Shell) {
            self.scalars = scalars
            self.isStrict = isStrict
            self.shell = shell
        }

        mutating func run(_ value: (String) -> String?) -> String {
            while position < scalars.count {
                guard let name = placeholder() else {
                    step()
                    continue
                }
                if let text = value(name).flatMap(written) {
                    result.append(contentsOf: text.unicodeScalars)
                    position += name.unicodeScalars.count + 2
                } else {
                    if !unfilled.contains(name) { unfilled.append(name) }
                    step()
                }
            }
            return String(result)
        }

        /// The name between braces at the position; nil when no placeholder stands there.
        private func placeholder() -> String? {
            guard scalars[position] == "{", before != "{", before != "$", before != "\\" else { return nil }
            var end = position + 1
            while end < scalars.count, Self.isNamePart(scalars[end], isFirst: end == position + 1) { end += 1 }
            guard end > position + 1, end < scalars.count, scalars[end] == "}" else { return nil }
            guard end + 1 == scalars.count || scalars[end + 1] != "}" else { return nil }
            var name = String.UnicodeScalarView()
            name.append(contentsOf: scalars[position + 1..<end])
            return String(name)
        }

        /// A value as it can stand here; nil when it cannot.
        private func written(_ value: String) -> String? {
            guard value.utf8.count <= CommandTemplate.longestValue else { return nil }
            // At the start of a word it would be an option.
            if value.hasPrefix("-"), !(before.map { "=:/@,.+_".unicodeScalars.contains($0) } ?? false) { return nil }
            if quote != .none || isStrict { return ShellQuoting.isHarmless(value) ? value : nil }
            return shell == .posix ? ShellQuoting.posix(value) : ShellQuoting.windows(value)
        }

        private var before: Unicode.Scalar? { position > 0 ? scalars[position - 1] : nil }

        private mutating func step() {
            let scalar = scalars[position]
            let next = position + 1 < scalars.count ? scalars[position + 1] : nil
            let startsWord = before.map { $0.properties.isWhitespace || ";|&()".unicodeScalars.contains($0) } ?? true
            result.append(scalar)
            position += 1
            switch (scalar, quote) {
            case ("'", .none): quote = .single
            case ("'", .single): quote = .none
            case ("\"", .none): quote = .double
            case ("\"", .double): quote = .none
            // Within these, quotes do not simply alternate.
            case ("$", .double): if next == "(" { isStrict = true }
            case ("$", .none): if next == "'" { isStrict = true }
            case ("^", _) where shell == .windows: isStrict = true
            case ("#", .none): if startsWord { isStrict = true }
            // Backquotes take backslashes before quotes are looked at; a here-document takes quotes for text.
            case ("`", _): isStrict = true
            case ("<", .none): if next == "<" { isStrict = true }
            case ("\\", .none) where shell == .posix, ("\\", .double) where shell == .posix:
                if position < scalars.count {
                    result.append(scalars[position])
                    position += 1
                }
            default: break
            }
        }

        private static func isNamePart(_ scalar: Unicode.Scalar, isFirst: Bool) -> Bool {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": true
            case "0"..."9", ".", "-": !isFirst
            default: false
            }
        }
    }
}

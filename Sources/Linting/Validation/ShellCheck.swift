// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Shell in validation steps: Python within it, code behind `exit`, commands that wait.
struct ShellCheck {
    let python: PythonCheck

    func check(_ snippet: Snippet, _ findings: inout Findings) {
        let commands = ShellText.commands(snippet.text)
        var depth = 0
        var hasLeft = false
        for (index, command) in commands.enumerated() {
            var place = snippet.location
            place.line += command.line
            let first = command.words.first ?? ""
            if ["if", "case", "for", "while", "until", "{", "("].contains(first) || first.hasPrefix("(")
                || first.hasSuffix("()") || command.words.last == "{"
            {
                depth += 1
            }
            if ["fi", "esac", "done", "}", ")"].contains(first)
                || command.words.last?.hasSuffix(")") == true && depth > 0
            {
                depth = max(0, depth - 1)
            }
            if hasLeft {
                if !["fi", "esac", "done", "}"].contains(first) {
                    findings.add(.codeAfterExit, "the shell leaves above this line; it is never reached", at: place)
                }
                hasLeft = false
            }
            let before = index > 0 ? commands[index - 1].separator : "\n"
            let leaves =
                first == "exit" || (first == "exec" && command.words.count > 1 && !command.words[1].contains(">"))
            if leaves, depth == 0, !["&&", "||", "|"].contains(before), !["&&", "||", "|"].contains(command.separator),
                index + 1 < commands.count
            {
                hasLeft = true
            }
            let words = ShellText.unwrapped(command.words)
            check(words, isPiped: before == "|" || command.hereDocument != nil, in: command, at: place, &findings)
            checkHereDocument(command, words, in: snippet, &findings)
        }
    }

    private func check(
        _ words: [String], isPiped: Bool, in command: ShellText.Command, at place: SourceLocation,
        _ findings: inout Findings
    ) {
        guard let program = words.first?.split(separator: "/").last.map(String.init) else { return }
        let rest = Array(words.dropFirst())
        if Self.isPython(program) { return checkPython(rest, isPiped, at: place, &findings) }
        if ["docker", "podman", "nerdctl", "kubectl", "crictl", "oc"].contains(program),
            let verb = rest.first(where: { ["run", "exec", "attach", "start", "debug"].contains($0) })
        {
            let options = rest.filter { $0.hasPrefix("-") }
            let asksForTerminal = options.contains { option in
                option == "--tty"
                    || (!option.hasPrefix("--") && option.dropFirst().allSatisfy(\.isLetter)
                        && option.contains("t") && option.contains("i"))
            }
            if asksForTerminal || verb == "attach" {
                findings.add(
                    .stepWaits,
                    "'\(program) \(verb)' asks for a terminal: run unattended, it fails or waits for somebody to type",
                    at: place)
            }
        } else if program == "read", !isPiped, !command.words.contains(where: { $0.hasPrefix("<") }) {
            findings.add(.stepWaits, "'read' waits for somebody to type", at: place)
        } else if ["bash", "sh", "zsh", "dash"].contains(program), !isPiped,
            rest.allSatisfy({ ["-i", "-l"].contains($0) })
        {
            findings.add(.stepWaits, "'\(program)' without a script waits for somebody to type", at: place)
        } else if ["vi", "vim", "nano", "less", "more", "top", "htop"].contains(program), !isPiped {
            findings.add(.stepWaits, "'\(program)' waits for somebody at a terminal", at: place)
        }
    }

    /// A here-document that Python reads, or that becomes a Python file, is Python.
    private func checkHereDocument(
        _ command: ShellText.Command, _ words: [String], in snippet: Snippet, _ findings: inout Findings
    ) {
        guard let document = command.hereDocument, let program = words.first?.split(separator: "/").last else { return }
        let isProgram = Self.isPython(String(program)) && !words.contains { $0.hasSuffix(".py") || $0 == "-m" }
        let isFile = ["cat", "tee"].contains(program) && words.contains { $0.hasSuffix(".py") }
        guard isProgram || isFile else { return }
        var place = snippet.location
        place.line += document.line
        python.code(document.text, at: place, &findings)
    }

    private func checkPython(
        _ arguments: [String], _ isPiped: Bool, at place: SourceLocation, _ findings: inout Findings
    ) {
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            let value = index + 1 < arguments.count ? arguments[index + 1] : nil
            if word.hasPrefix("-"), !word.hasPrefix("--"), word.contains("c") {
                if let value, !value.contains("$") { python.code(value, at: place, &findings) }
                return
            }
            if word == "-m" {
                if let value { python.module(value, at: place, &findings) }
                return
            }
            if word == "-W" || word == "-X" {
                index += 2
            } else if word.hasPrefix("-"), word != "-" {
                if ["-V", "--version", "-VV", "-h", "--help"].contains(word) { return }
                index += 1
            } else {
                return
            }
        }
        if !isPiped {
            findings.add(.stepWaits, "Python without a script waits for somebody to type", at: place)
        }
    }

    /// `python`, `python3`, `python3.11`, `pypy3`.
    static func isPython(_ program: String) -> Bool {
        for name in ["python", "pypy"] where program.hasPrefix(name) {
            return program.dropFirst(name.count).allSatisfy { $0.isNumber || $0 == "." }
        }
        return false
    }
}

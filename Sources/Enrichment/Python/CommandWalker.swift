// SPDX-License-Identifier: Apache-2.0

/// Finds the interpreter on a command line, through the programs that may stand before it.
struct CommandWalker {
    /// Whether the process has a controlling terminal.
    var hasTerminal: Bool
    /// Whether nested commands follow the rules of Windows.
    var isWindows: Bool

    /// The most programs that may stand before the interpreter.
    static let mostWrappers = 12

    /// Reads a process: its image decides what it is, not its `argv[0]`.
    func walk(process arguments: Arguments, image: String, originalFileName: String?) -> PythonInvocation? {
        let program = ProgramName.of(image)
        // A program run from memory has no name of its own; what it says it is, is all there is.
        guard !image.isEmpty, !program.hasPrefix("memfd:") else { return walk(arguments, depth: 0) }
        if let name = PythonName(image) ?? originalFileName.flatMap({ PythonName($0) }) {
            return read(arguments, name)
        }
        if program == "busybox" || program == "toybox" || program == "coreutils" { return walk(arguments, depth: 0) }
        return walk(arguments, program: program, depth: 0)
    }

    private func read(_ arguments: Arguments, _ name: PythonName) -> PythonInvocation? {
        // No command line was recorded: the interpreter ran, but nothing says what.
        if arguments.words.allSatisfy(\.isEmpty) { return PythonInvocation() }
        return PythonOptions.parse(arguments, from: 1, name: name, hasTerminal: hasTerminal)
    }

    /// Reads a nested command, whose first word names the program.
    func walk(_ arguments: Arguments, depth: Int) -> PythonInvocation? {
        guard depth < Self.mostWrappers else { return nil }
        var skipped = 0
        while arguments.isJoined, skipped < arguments.words.count, arguments.words[skipped].isEmpty { skipped += 1 }
        let arguments = skipped > 0 ? arguments.command(from: skipped) : arguments
        guard let first = arguments.words.first, !first.isEmpty else { return nil }
        if let name = PythonName(first) { return read(arguments, name) }
        return walk(arguments, program: ProgramName.of(first), depth: depth)
    }

    private func walk(_ arguments: Arguments, program: String, depth: Int) -> PythonInvocation? {
        var found: PythonInvocation?
        switch program {
        case "sh", "bash", "dash", "zsh", "ash", "ksh", "mksh", "fish", "rbash":
            found = walkShell(arguments, depth: depth)
        case "cmd": found = walkCmd(arguments, depth: depth)
        case "powershell", "pwsh": found = walkPowerShell(arguments, depth: depth)
        case "env": found = walkEnv(arguments, depth: depth)
        case "busybox", "toybox": found = walk(arguments.command(from: 1), depth: depth + 1)
        case "docker", "podman", "nerdctl", "kubectl", "crictl", "lxc": found = walkContainer(arguments, depth: depth)
        case "uv", "poetry", "pipenv", "pdm", "hatch", "rye", "conda", "mamba", "micromamba", "pyenv", "pixi":
            found = walkRunner(arguments, program: program, depth: depth)
        default:
            guard let wrapper = Wrapper.named(program) else { return nil }
            let (command, shell) = wrapper.skip(arguments, from: 0)
            if let shell {
                found = walkShellString(shell, depth: depth)
            } else if command < arguments.words.count {
                found = walk(arguments.command(from: command), depth: depth + 1)
            }
        }
        found?.wrappers.insert(program, at: 0)
        return found
    }

    /// `sh [options] -c STRING`, or a script whose own name is an interpreter's (the shims of pyenv and asdf).
    private func walkShell(_ arguments: Arguments, depth: Int) -> PythonInvocation? {
        let words = arguments.words
        var index = 1
        while index < words.count {
            let word = words[index]
            guard word.hasPrefix("-") || word.hasPrefix("+"), word.count > 1 else { break }
            index += 1
            if word == "--" { break }
            if word == "--rcfile" || word == "--init-file" || word == "-o" || word == "+o" || word == "-O" {
                index += 1
            } else if !word.hasPrefix("--"), word.hasPrefix("-"), word.contains("c") {
                // `-o` in the same cluster takes its value from the words that follow, before the string.
                if word.contains("o") { index += 1 }
                if index < words.count, words[index] == "--" { index += 1 }
                return walkShellString(arguments.text(from: index), depth: depth)
            }
        }
        guard index < words.count, words[index].contains("/"), PythonName(words[index]) != nil else { return nil }
        return walk(arguments.command(from: index), depth: depth + 1)
    }

    /// The first command of a shell string that runs Python.
    func walkShellString(_ text: String, depth: Int) -> PythonInvocation? {
        for command in ShellCommands.split(text) {
            let inner = CommandWalker(hasTerminal: hasTerminal && !command.hasInput, isWindows: isWindows)
            let found = inner.walk(Arguments(words: command.words, isJoined: false), depth: depth + 1)
            if let found { return found }
        }
        return nil
    }

    /// `env [-i] [-u NAME] [-C DIR] [-S STRING] [NAME=value] COMMAND`.
    private func walkEnv(_ arguments: Arguments, depth: Int) -> PythonInvocation? {
        var words = arguments.words
        var index = 1
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--" { break }
            if word == "-" || Wrapper.isAssignment(word) { continue }
            guard word.hasPrefix("-") else {
                index -= 1
                break
            }
            if word == "-u" || word == "-C" || word == "--unset" || word == "--chdir" {
                index += 1
            } else if let string = Self.splitString(word, next: index < words.count ? words[index] : nil) {
                let isAttached = string.isAttached
                words.replaceSubrange(
                    (isAttached ? index - 1 : index)..<(isAttached ? index : min(index + 1, words.count)),
                    with: string.text.split(separator: " ").map(String.init))
                if isAttached { index -= 1 }
            }
        }
        guard index < words.count else { return nil }
        return walk(Arguments(words: Array(words[index...]), isJoined: arguments.isJoined), depth: depth + 1)
    }

    private static func splitString(_ word: String, next: String?) -> (text: String, isAttached: Bool)? {
        if word.hasPrefix("--split-string=") { return (String(word.dropFirst(15)), true) }
        if word == "--split-string" || (!word.hasPrefix("--") && word.hasSuffix("S")) {
            return next.map { ($0, false) }
        }
        guard !word.hasPrefix("--"), let place = word.firstIndex(of: "S") else { return nil }
        return (String(word[word.index(after: place)...]), true)
    }
}

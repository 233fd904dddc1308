// SPDX-License-Identifier: Apache-2.0

/// Reads an interpreter's own arguments exactly as CPython does (Python/getopt.c `_PyOS_GetOpt` and
/// Python/initconfig.c `config_parse_cmdline`, 3.13).
struct PythonOptions {
    /// Short options; a colon marks those with a value.
    private let short: [Character: Bool]
    private let arguments: Arguments
    private var index: Int
    private var invocation = PythonInvocation()

    private init(_ arguments: Arguments, from index: Int, name: PythonName) {
        self.arguments = arguments
        self.index = index
        short = name == .python2 ? Self.python2 : Self.python3
    }

    /// What the arguments from `index` on make the interpreter run.
    static func parse(
        _ arguments: Arguments, from index: Int, name: PythonName, hasTerminal: Bool
    ) -> PythonInvocation {
        var options = PythonOptions(arguments, from: index, name: name)
        if name == .launcher { options.skipLauncherOption() }
        if name == .ipython {
            options.readIPython()
        } else {
            options.read()
        }
        return options.finish(hasTerminal: hasTerminal)
    }

    private enum Outcome { case none, code, module, quit }
    private var outcome = Outcome.none
    private var isInteractive = false
    private var printsVersion = false

    private static let python3 = table("bBc:dEhiIJm:OPqRsStuvVW:xX:?")
    // Python 2.7, Modules/main.c BASE_OPTS.
    private static let python2 = table("3bBc:dEhiJm:OQ:RsStuUvVW:xX?")

    private static func table(_ text: String) -> [Character: Bool] {
        var table: [Character: Bool] = [:]
        var last: Character = "?"
        for character in text {
            if character == ":" { table[last] = true } else { table[character] = false }
            last = character == ":" ? last : character
        }
        return table
    }

    private mutating func read() {
        while outcome == .none, index < arguments.words.count {
            let word = arguments.words[index]
            // A doubled space in a joined line is an empty argument at most; options never are.
            if word.isEmpty, arguments.isJoined, index + 1 < arguments.words.count {
                index += 1
                continue
            }
            guard word.hasPrefix("-"), word != "-" else { return }
            index += 1
            if word == "--" { return }
            if word.hasPrefix("--") {
                readLong(word)
            } else if readCluster(word.dropFirst()) {
                return
            }
        }
    }

    /// Reads `-Ic`, `-Wignore`, `-uS`; true when options end here.
    private mutating func readCluster(_ cluster: Substring) -> Bool {
        var rest = cluster
        while let letter = rest.popFirst() {
            // `_PyOS_GetOpt` takes a dash inside a cluster for a long option without a name and stops there.
            if letter == "-" { return true }
            guard let takesValue = short[letter], letter != "J" else {
                outcome = .quit
                return true
            }
            guard takesValue else {
                readFlag(letter)
                if outcome == .quit { return true }
                continue
            }
            guard !rest.isEmpty || index < arguments.words.count else {
                outcome = .quit
                return true
            }
            readValue(of: letter, attached: rest)
            return outcome != .none
        }
        return false
    }

    private mutating func readFlag(_ letter: Character) {
        switch letter {
        case "h", "?": outcome = .quit
        case "V": printsVersion = true
        case "i": isInteractive = true
        default: break
        }
        invocation.options.append("-\(letter)")
    }

    private mutating func readValue(of letter: Character, attached: Substring) {
        let isText = letter == "c"
        let value: String
        if attached.isEmpty {
            value = isText ? arguments.text(from: index) : arguments.words[index]
            index += 1
        } else if isText, arguments.isJoined {
            value = Arguments.unquoted(([String(attached)] + arguments.words.dropFirst(index)).joined(separator: " "))
        } else {
            value = String(attached)
        }
        switch letter {
        case "c":
            invocation.code = value
            outcome = .code
        case "m":
            invocation.module = value
            outcome = .module
        default: invocation.options.append("-\(letter) \(value)")
        }
    }

    private mutating func readLong(_ word: String) {
        switch word {
        case "--version":
            printsVersion = true
            invocation.options.append(word)
        case "--check-hash-based-pycs", "--jit":
            guard index < arguments.words.count else {
                outcome = .quit
                return
            }
            invocation.options.append(word + " " + arguments.words[index])
            index += 1
        default:
            // `--help`, `--help-env` and the like, PyPy's `--info`, and everything refused: nothing runs.
            outcome = .quit
            invocation.options.append(word)
        }
    }

    /// `-3`, `-3.11-32`, `-V:3.11`, `-0p`, `--list`: PEP 397 and "Python Launcher for Windows", first argument only.
    private mutating func skipLauncherOption() {
        guard index < arguments.words.count else { return }
        let word = arguments.words[index]
        let second = word.dropFirst().first ?? " "
        if word.hasPrefix("--list") || word.hasPrefix("-0") {
            outcome = .quit
        } else if word.hasPrefix("-"), second.isNumber || word.hasPrefix("-V:") {
            index += 1
        } else {
            return
        }
        invocation.options.append(word)
    }

    /// IPython's options are traitlets' (`--name=value`, `-c CODE`, `-m MODULE`, `-i`); values are never detached else.
    private mutating func readIPython() {
        while outcome == .none, index < arguments.words.count {
            let word = arguments.words[index]
            guard word.hasPrefix("-"), word != "-" else { return }
            index += 1
            if word == "--" { return }
            if word == "-c" || word == "-m", index < arguments.words.count {
                readValue(of: word == "-c" ? "c" : "m", attached: "")
            } else if word.hasPrefix("--c=") || word.hasPrefix("-c=") {
                readValue(of: "c", attached: word[word.index(after: word.firstIndex(of: "=") ?? word.startIndex)...])
            } else if word == "-i" {
                readFlag("i")
            } else if word == "-h" || word == "--help" || word == "--help-all" || word == "--version" {
                outcome = .quit
                invocation.options.append(word)
            } else {
                invocation.options.append(word)
            }
        }
    }

    private mutating func finish(hasTerminal: Bool) -> PythonInvocation {
        if outcome == .quit || printsVersion {
            invocation.code = nil
            invocation.module = nil
            return invocation
        }
        switch outcome {
        case .code: invocation.source = .command
        case .module: invocation.source = .module
        default: readOperand(hasTerminal: hasTerminal)
        }
        return invocation
    }

    private mutating func readOperand(hasTerminal: Bool) {
        while index + 1 < arguments.words.count, arguments.words[index].isEmpty, arguments.isJoined { index += 1 }
        let operand = index < arguments.words.count ? arguments.words[index] : ""
        // A controlling terminal does not prove that standard input is one, but nothing in a record says more.
        guard !operand.isEmpty else {
            invocation.source = isInteractive || hasTerminal ? .interactive : .stdin
            return
        }
        guard operand != "-" else {
            invocation.source = .stdin
            return
        }
        invocation.script = arguments.isJoined ? Self.withoutQuotes(operand) : operand
        switch Self.descriptor(operand) {
        case nil: invocation.source = .file
        case "0": invocation.source = .stdin
        default: invocation.source = .descriptor
        }
    }

    private static func withoutQuotes(_ word: String) -> String {
        guard word.utf8.count > 2, let first = word.utf8.first, first == word.utf8.last,
            first == UInt8(ascii: "'") || first == UInt8(ascii: "\"")
        else { return word }
        return String(word.dropFirst().dropLast())
    }

    /// The descriptor a path stands for (proc(5), and `/dev/stdin`): its number, nil for an ordinary path.
    private static func descriptor(_ path: String) -> Substring? {
        if path == "/dev/stdin" { return "0" }
        var rest: Substring
        if path.hasPrefix("/dev/fd/") {
            rest = path.dropFirst(8)
        } else if path.hasPrefix("/proc/"), let end = path.range(of: "/fd/") {
            rest = path[end...].dropFirst(4)
        } else {
            return nil
        }
        return !rest.isEmpty && rest.allSatisfy(\.isNumber) ? rest : nil
    }
}

extension String {
    /// Where `needle` starts, without Foundation.
    fileprivate func range(of needle: String) -> String.Index? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(needle) { return index }
            index = self.index(after: index)
        }
        return nil
    }
}

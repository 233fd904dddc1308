// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Finds the steps of a validation section and what each runs.
enum ProseSteps {
    /// The steps: the items of the outermost list; without a list, the rows of tables; without these, the paragraphs.
    ///
    /// - Parameter isBacked: Whether a `validation` block says what is run. Then paragraphs only tell about it, and may
    ///   name commands that are not meant to be run.
    static func steps(of section: Section, isBacked: Bool = false) -> [ProseStep] {
        var items = section.passages.filter { $0.kind == .item }
        if items.isEmpty { items = section.passages.filter { $0.kind == .row } }
        guard let outer = items.map(\.depth).min() else { return paragraphs(of: section, isBacked: isBacked) }
        var steps: [ProseStep] = []
        var lines: [Int] = []
        for item in items where item.depth == outer {
            steps.append(ProseStep(title: item.text, text: item.text, location: item.location))
            lines.append(item.location.line)
        }
        func index(of line: Int) -> Int? { lines.lastIndex { $0 <= line } }
        for passage in section.passages {
            guard let step = index(of: passage.location.line), !(isBacked && passage.kind == .paragraph) else {
                continue
            }
            if passage.location.line != lines[step] { steps[step].text += "\n" + passage.text }
            add(passage.code, to: &steps[step])
        }
        for block in section.code where !block.isVedette {
            guard let step = index(of: block.location.line) else { continue }
            add(block, to: &steps[step])
        }
        return steps
    }

    private static func paragraphs(of section: Section, isBacked: Bool) -> [ProseStep] {
        var steps = section.passages.filter { $0.kind == .paragraph && !isBacked }
            .map { passage in
                var step = ProseStep(title: passage.text, text: passage.text, location: passage.location)
                add(passage.code, to: &step)
                return step
            }
        for block in section.code where !block.isVedette {
            if let step = steps.lastIndex(where: { $0.location.line < block.location.line }) {
                add(block, to: &steps[step])
            } else {
                var step = ProseStep(title: block.info, text: "", location: block.location)
                add(block, to: &step)
                steps.append(step)
            }
        }
        return steps
    }

    private static func add(_ code: [CodeBlock], to step: inout ProseStep) {
        for piece in code {
            if let language = inlineLanguage(piece.text) {
                step.snippets.append(Snippet(language: language, text: piece.text, location: piece.location))
            } else {
                step.names.append(piece.text)
            }
        }
        step.snippets.sort { $0.location.line < $1.location.line }
    }

    private static func add(_ block: CodeBlock, to step: inout ProseStep) {
        var snippet = Snippet(language: language(of: block), text: block.text, location: block.location)
        snippet.fileName = step.names.last { $0.contains(".") && !$0.contains(" ") }
        step.snippets.append(snippet)
        step.snippets.sort { $0.location.line < $1.location.line }
    }

    /// The language of a block, by its info string, else by its looks.
    static func language(of block: CodeBlock) -> Snippet.Language {
        switch block.language {
        case "sh", "bash", "shell", "zsh", "console", "shell-session", "shellsession", "terminal": return .shell
        case "python", "py", "python3", "python2": return .python
        case "powershell", "ps1", "pwsh", "posh": return .powershell
        case "cmd", "bat", "batch", "dos", "batchfile": return .cmd
        case "autoit", "au3": return .autoit
        case "": break
        default: return .other
        }
        let lines = block.text.split(whereSeparator: \.isNewline)
        if lines.contains(where: { $0.hasPrefix("import ") || $0.hasPrefix("from ") }) { return .python }
        return lines.first.flatMap { inlineLanguage(String($0)) } ?? .other
    }

    /// The language of code within a text when it is a command; nil when it only names something.
    static func inlineLanguage(_ text: String) -> Snippet.Language? {
        let words = ShellText.unwrapped(ShellText.commands(text).first?.words ?? [])
        guard let first = words.first else { return nil }
        let program = (first.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? first).lowercased()
        if program.hasPrefix("powershell") || program.hasPrefix("pwsh") || isCmdlet(first) { return .powershell }
        if ["cmd", "cmd.exe", "reg", "wmic", "schtasks", "rundll32", "certutil"].contains(program) { return .cmd }
        if program.hasPrefix("autoit") { return .autoit }
        guard words.count > 1 || first.hasPrefix("./") || first.hasPrefix("/") else { return nil }
        let isProgram = program.allSatisfy { $0.isLetter || $0.isNumber || "._-+".contains($0) }
        let isStatement = ["import", "from", "def", "class", "print", "the", "a"].contains(program)
        return isProgram && !isStatement && words.dropFirst().first != "=" ? .shell : nil
    }

    /// `Verb-Noun`, as PowerShell names its commands.
    private static func isCmdlet(_ word: String) -> Bool {
        let parts = word.split(separator: "-")
        return parts.count == 2 && parts.allSatisfy { $0.first?.isUppercase == true && $0.allSatisfy(\.isLetter) }
    }
}

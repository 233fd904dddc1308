// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Draft emulations made of the steps of a validation section, in Atomic Red Team's schema.
struct EmulationDrafts {
    /// How many there are.
    let count: Int
    /// The file's text; nil when no step runs anything.
    let yaml: String?
    /// The file's name.
    let fileName: String

    init(_ document: StrategyDocument) {
        let technique = CategorizationClaims(document).techniques.first?.id
        fileName = (technique ?? "draft") + ".yml"
        let steps = document.sections(.validation).flatMap { ProseSteps.steps(of: $0) }.filter { !$0.snippets.isEmpty }
        count = steps.count
        guard !steps.isEmpty else {
            yaml = nil
            return
        }
        var text = "# Drafts made of the validation steps of an imported document: read each before it is run.\n"
        text += "attack_technique: \(technique ?? "T0000")\n"
        text += "display_name: \(Self.quoted(document.title.excerpt(120)))\natomic_tests:\n"
        for step in steps { text += Self.test(step) }
        yaml = text
    }

    private static func test(_ step: ProseStep) -> String {
        let language = step.snippets.first { $0.language != .python }?.language ?? .shell
        let isWindows = language.platforms == ["windows"]
        var text = "  - name: \(quoted(step.title.trimming { $0.isWhitespace || ":.".contains($0) }.excerpt(100)))\n"
        text += "    description: \(quoted(step.text.excerpt(300)))\n"
        text += "    supported_platforms: [\(isWindows ? "windows" : "linux")]\n    executor:\n"
        switch language {
        case .autoit, .other:
            text += "      name: manual\n      steps: \(block(step.snippets.map(\.text).joined(separator: "\n"), 8))"
        case .powershell, .cmd:
            text += "      name: \(language == .powershell ? "powershell" : "command_prompt")\n"
            text += "      command: \(block(step.snippets.map(\.text).joined(separator: "\n"), 8))"
        case .shell, .python:
            text += "      name: sh\n      command: \(block(step.snippets.map(shell).joined(separator: "\n"), 8))"
            let made = step.snippets.compactMap { $0.language == .python ? $0.fileName ?? "step.py" : nil }
            let files = Set(made.filter(isPlainName)).sorted()
            if !files.isEmpty { text += "      cleanup_command: rm -f -- \(files.joined(separator: " "))\n" }
        }
        return text + "    vedette: {oracle: todo, kind: attack, expect: []}\n"
    }

    /// A snippet as shell; Python is put into the file the step names.
    private static func shell(_ snippet: Snippet) -> String {
        guard snippet.language == .python else { return snippet.text }
        let name = snippet.fileName.map { isPlainName($0) ? $0 : "step.py" }
        let code = snippet.text.hasSuffix("\n") ? snippet.text : snippet.text + "\n"
        let file = "cat > \(name ?? "step.py") <<'END_OF_STEP'\n\(code)END_OF_STEP"
        return name == nil ? file + "\npython3 step.py" : file
    }

    private static func isPlainName(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("-")
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
    }

    /// Text as a double-quoted scalar (YAML 1.2.2, section 7.3.1).
    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default:
                if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) {
                    out += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }

    /// Text as a literal block scalar (section 8.1.2), or quoted where a block cannot hold it.
    private static func block(_ text: String, _ indent: Int) -> String {
        let text = text.replacing("\r\n", with: "\n").trimming(\.isNewline)
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || scalar == "\t"
                || (scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value)
                    && ![0x2028, 0x2029, 0xFEFF].contains(scalar.value))
        }
        guard isPlain, !text.isEmpty else { return quoted(text) + "\n" }
        let margin = String(repeating: " ", count: indent)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : margin + $0 }
        return "|2\n" + lines.joined(separator: "\n") + "\n"
    }
}

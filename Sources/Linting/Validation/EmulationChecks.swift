// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Prerequisites that hold whatever the machine looks like.
enum PrerequisiteCheck {
    static func check(_ text: String, executor: String, at location: SourceLocation, _ findings: inout Findings) {
        guard executor == "sh" || executor == "bash" || executor.isEmpty else { return }
        let commands = ShellText.commands(text)
        guard let last = commands.last else { return }
        let first = last.words.first ?? ""
        let alwaysTrue = ["true", ":", "echo", "printf"].contains(first) || (first == "exit" && last.words.last == "0")
        let before = commands.dropLast().last?.separator
        if alwaysTrue, before != "&&", !text.contains("exit 1"), !text.contains("if ") {
            findings.add(
                .prerequisiteCannotFail,
                "the prerequisite ends with '\(last.words.joined(separator: " ").excerpt(40))', which always succeeds",
                at: location)
        } else if executor == "sh", let command = commands.first(where: { $0.words.contains { $0.hasPrefix("&>") } }) {
            var place = location
            place.line += command.line
            findings.add(
                .prerequisiteCannotFail,
                "'&>' is bash: in sh it starts the command in the background and succeeds at once", at: place)
        }
    }
}

/// Cleanups that remove something else than the step made.
enum CleanupCheck {
    static func check(_ emulation: Emulation, _ findings: inout Findings) {
        guard let cleanup = emulation.cleanup else { return }
        let made = ([emulation.command] + emulation.preparations.map(Optional.some)).compactMap { $0?.text }
            .joined(separator: "\n")
        for command in ShellText.commands(cleanup.text) {
            let words = ShellText.unwrapped(command.words)
            var place = cleanup.location
            place.line += command.line
            for target in targets(of: words) where !isMade(target, by: made) {
                findings.add(
                    .cleanupMismatch, "the cleanup removes '\(target.excerpt(60))', which the step does not make",
                    at: place)
            }
        }
    }

    /// What a command removes.
    private static func targets(of words: [String]) -> [String] {
        guard let program = words.first?.split(separator: "/").last.map(String.init) else { return [] }
        var rest = words.dropFirst().filter { !$0.hasPrefix("-") && !$0.contains(">") && $0 != "/dev/null" }
        switch program {
        case "rm", "rmdir", "unlink", "shred": return rest
        case "docker", "podman", "nerdctl":
            let verbs = ["rm", "rmi", "kill", "stop"]
            let nouns = ["container", "image", "volume", "network"]
            if let first = rest.first, nouns.contains(first) { rest.removeFirst() }
            guard let verb = rest.first, verbs.contains(verb) else { return [] }
            return Array(rest.dropFirst())
        case "kubectl":
            guard rest.first == "delete" else { return [] }
            return Array(rest.dropFirst(2))
        case "userdel", "groupdel": return rest.suffix(1)
        default: return []
        }
    }

    /// Whether a target occurs in what the step does: itself, what a pattern of it starts with, or what lies in it.
    private static func isMade(_ target: String, by text: String) -> Bool {
        if target.contains("$") || target.contains("`") { return true }
        let stem = target.prefix { !"*?[".contains($0) }
        let plain = stem.hasSuffix("/") ? stem.dropLast() : stem
        return plain.isEmpty || text.contains(plain)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Sigma

/// A test of an emulation file (Atomic Red Team schema), as far as the program looks at it.
public struct Emulation: Sendable, Hashable {
    /// A command and where it stands.
    public struct Command: Sendable, Hashable {
        /// The text, with the defaults of its arguments put in.
        public var text: String
        /// Where it stands.
        public var location: SourceLocation
    }

    /// The file's name without its folder.
    public var file: String
    /// The test's name.
    public var name: String
    /// Platforms it runs on.
    public var platforms: [String]
    /// `sh`, `bash`, `powershell`, `command_prompt` or `manual`.
    public var executor: String
    /// What it does.
    public var command: Command?
    /// What removes its traces.
    public var cleanup: Command?
    /// What must be so before it can run.
    public var prerequisites: [Command]
    /// What brings that about.
    public var preparations: [Command]
    /// Where it stands.
    public var location: SourceLocation

    /// Whether a reference `file#name` or `file#slug` means this test.
    package func isNamed(by reference: String) -> Bool {
        let parts = reference.split(separator: "#", maxSplits: 1).map(String.init)
        guard parts.first == file else { return false }
        return parts.count < 2 || parts[1] == name || parts[1] == Self.slug(name)
    }

    /// A name in lower case with dashes between its words.
    package static func slug(_ name: String) -> String {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }

    /// Reads a file; what is not understood is reported.
    package static func read(_ text: String, file: String) -> (emulations: [Emulation], diagnostics: [Diagnostic]) {
        let root = LocatedYAML.root(of: text, file: file)
        var diagnostics = root.diagnostics
        let short = file.split(separator: "/").last.map(String.init) ?? file
        guard let node = root.result, let tests = node["atomic_tests"]?.sequence else {
            if diagnostics.isEmpty {
                diagnostics.append(
                    StrategyFindingCode.blockMissingKey.diagnostic(
                        "the file has no list 'atomic_tests'", at: SourceLocation(file: file, line: 1)))
            }
            return ([], diagnostics)
        }
        let emulations = tests.compactMap { node -> Emulation? in
            guard var map = BlockMap(node, what: "a test", file: file, &diagnostics) else { return nil }
            let name = map.required("name")
            let platforms = map.texts("supported_platforms") ?? []
            diagnostics += map.diagnostics
            guard let name else { return nil }
            let arguments = (node["input_arguments"]?.mapping ?? []).map { entry in
                ("#{\(entry.key.text)}", entry.value["default"]?.text ?? "")
            }
            func command(_ node: YAMLNode?) -> Command? {
                guard let node, var text = node.text, !text.isEmpty else { return nil }
                // A block scalar ends with a line break, and its text starts on the line below its mark.
                let line = node.line + (text.hasSuffix("\n") ? 1 : 0)
                for (mark, value) in arguments { text = text.replacing(mark, with: value) }
                return Command(text: text, location: SourceLocation(file: file, line: line))
            }
            let executor = node["executor"]
            let dependencies = node["dependencies"]?.sequence ?? []
            return Emulation(
                file: short, name: name, platforms: platforms, executor: executor?["name"]?.text ?? "",
                command: command(executor?["command"]) ?? command(executor?["steps"]),
                cleanup: command(executor?["cleanup_command"]),
                prerequisites: dependencies.compactMap { command($0["prereq_command"]) },
                preparations: dependencies.compactMap { command($0["get_prereq_command"]) }, location: map.location)
        }
        return (emulations, diagnostics)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Something a validation step runs.
struct Snippet: Sendable, Hashable {
    /// What reads it.
    enum Language: String, Sendable, Hashable {
        case shell, python, powershell, cmd, autoit, other

        /// The platforms that have it, by their names in lower case; nil for any.
        var platforms: Set<String>? {
            switch self {
            case .powershell, .cmd, .autoit: ["windows"]
            case .shell: ["linux", "macos", "containers", "kubernetes", "esxi", "iaas"]
            case .python, .other: nil
            }
        }

        /// The name in messages.
        var name: String {
            switch self {
            case .shell: "shell"
            case .python: "Python"
            case .powershell: "PowerShell"
            case .cmd: "cmd.exe"
            case .autoit: "AutoIt"
            case .other: "other"
            }
        }
    }

    /// What reads it.
    var language: Language
    var text: String
    /// Where its first line stands.
    var location: SourceLocation
    /// The name of the file it is put into, when the step says so.
    var fileName: String?
}

/// A step of a validation section.
struct ProseStep: Sendable, Hashable {
    /// What the step is called: its first line.
    var title: String
    /// All its prose.
    var text: String
    /// Where it starts.
    var location: SourceLocation
    /// What it runs, in order.
    var snippets: [Snippet] = []
    /// Code of its text that is no command, such as names of files.
    var names: [String] = []
}

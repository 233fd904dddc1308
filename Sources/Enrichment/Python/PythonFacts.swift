// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What one process runs, as far as Python is concerned.
struct PythonFacts: Sendable {
    /// What the interpreter was asked to do.
    var invocation: PythonInvocation
    /// The code of `-c`, cut to the limit, followed by its layers.
    var code: [[UInt8]] = []
    /// How many encodings were taken off.
    var layers = 0
    /// Whether a limit stopped the search for layers.
    var isUnfinished = false

    /// Whether a process may run Python at all: by the name of its program, or because a program that runs others has
    /// an interpreter's name among its arguments.
    ///
    /// Allocates nothing.
    static func isCandidate(image: Span<UInt8>, commandLine: Span<UInt8>, originalFileName: Span<UInt8>) -> Bool {
        if PythonName(path: image) != nil || PythonName(path: originalFileName) != nil { return true }
        // Every interpreter's name but `graalpy`'s spelling of it has `py` or `jy` in it; most command lines do not.
        var index = 1
        while index < commandLine.count {
            if commandLine[index] | 0x20 == UInt8(ascii: "y") {
                let before = commandLine[index - 1] | 0x20
                if before == UInt8(ascii: "p") || before == UInt8(ascii: "j") { return true }
            }
            index &+= 1
        }
        // `uv run -` and the like name no interpreter.
        let name = image.extracting(ProgramName.range(in: image))
        return equalBytes(name, "uv")
    }

    /// Reads a process.
    init?(
        image: String, commandLine: String, originalFileName: String?, hasTerminal: Bool, isWindows: Bool,
        limits: EnrichmentLimits
    ) {
        guard
            let invocation = PythonInvocation.parse(
                image: image, commandLine: commandLine, originalFileName: originalFileName, hasTerminal: hasTerminal,
                isWindows: isWindows ? true : nil)
        else { return nil }
        self.invocation = invocation
        guard let text = invocation.code else { return }
        let bytes = Array(text.utf8.prefix(limits.codeBytes))
        let found = PythonLayers.reveal(bytes.span, limits: limits)
        code = [bytes] + found.texts
        layers = found.depth
        isUnfinished = !found.isComplete || bytes.count < text.utf8.count
    }

    /// The script's path from the root, as far as the working directory tells.
    func script(in directory: String?) -> String? {
        guard let script = invocation.script else { return nil }
        let bytes = Array(script.utf8.prefix(3))
        let isAbsolute =
            bytes.first == UInt8(ascii: "/") || bytes.first == UInt8(ascii: "\\")
            || (bytes.count > 1 && bytes[1] == UInt8(ascii: ":"))
        guard !isAbsolute, invocation.source == .file, let directory, !directory.isEmpty else { return script }
        let separator = directory.utf8.contains(UInt8(ascii: "\\")) ? "\\" : "/"
        var rest = script[...]
        while rest.hasPrefix("./") || rest.hasPrefix(".\\") { rest = rest.dropFirst(2) }
        return directory.hasSuffix(separator) ? directory + rest : directory + separator + rest
    }
}

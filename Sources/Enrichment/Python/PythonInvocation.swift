// SPDX-License-Identifier: Apache-2.0

/// What a Python interpreter was asked to run, read off its command line.
public struct PythonInvocation: Sendable, Hashable {
    /// Where the code comes from.
    public enum Source: String, Sendable, Hashable, CaseIterable {
        /// A script, a folder or an archive.
        case file
        /// The argument of `-c`.
        case command
        /// A module, `-m`.
        case module
        /// Standard input.
        case stdin
        /// An open descriptor other than standard input, named by a path below `/dev/fd` or `/proc/…/fd`.
        case descriptor
        /// A person at a terminal.
        case interactive
    }

    /// Where the code comes from; nil when none runs (`--version`, `--help`, a refused option).
    public var source: Source?
    /// The script as given.
    public var script: String?
    /// The module as given.
    public var module: String?
    /// The argument of `-c`.
    ///
    /// On Unix the arguments behind it cannot be told apart from it and are part of it.
    public var code: String?
    /// The interpreter's options in the order given, one each: `-I`, `-W ignore`, `-X dev`, `--check-hash-based-pycs always`.
    public var options: [String] = []
    /// The programs that stand before the interpreter on the command line, outermost first, such as `sudo` or `timeout`.
    public var wrappers: [String] = []

    /// Reads the command line of a process.
    ///
    /// - Parameters:
    ///   - image: path of the program; it decides over `argv[0]`, which a process chooses freely. Empty when unknown.
    ///   - commandLine: arguments joined by one space (Unix), or as passed to `CreateProcess` (Windows).
    ///   - originalFileName: name in the program's version resource, which survives renaming (Windows).
    ///   - hasTerminal: whether the process has a controlling terminal; settles what an interpreter without
    ///     arguments does.
    ///   - isWindows: which of both forms the command line has; guessed from `image` by default.
    /// - Returns: nil when no interpreter is run.
    public static func parse(
        image: String, commandLine: String, originalFileName: String? = nil, hasTerminal: Bool = false,
        isWindows: Bool? = nil
    ) -> PythonInvocation? {
        let windows = isWindows ?? looksLikeWindows(image.isEmpty ? commandLine : image)
        let arguments = windows ? Arguments(windows: commandLine) : Arguments(joined: commandLine)
        let walker = CommandWalker(hasTerminal: hasTerminal, isWindows: windows)
        return walker.walk(process: arguments, image: image, originalFileName: originalFileName)
    }

    /// Reads arguments that are known one by one, the program first.
    public static func parse(
        image: String, arguments: [String], originalFileName: String? = nil, hasTerminal: Bool = false
    ) -> PythonInvocation? {
        let walker = CommandWalker(hasTerminal: hasTerminal, isWindows: looksLikeWindows(image))
        return walker.walk(
            process: Arguments(words: arguments, isJoined: false), image: image, originalFileName: originalFileName)
    }

    private static func looksLikeWindows(_ path: String) -> Bool {
        let bytes = path.utf8.drop { $0 == UInt8(ascii: "\"") }.prefix(3)
        if bytes.starts(with: "\\".utf8) { return true }
        return bytes.count == 3 && bytes[bytes.index(after: bytes.startIndex)] == UInt8(ascii: ":")
            && bytes.last == UInt8(ascii: "\\")
    }
}

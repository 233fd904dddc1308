// SPDX-License-Identifier: Apache-2.0
import Foundation
import Strategies

/// Asks a Python interpreter about code, without ever running it: the code is parsed and its tree is looked at.
public struct PythonInspector: Sendable {
    /// What is known of a piece of code.
    struct Report: Decodable, Sendable, Hashable {
        /// Why it does not compile.
        var error: String?
        /// The line of the error, from 1.
        var line: Int?
        /// Names that are used and nowhere bound, with their lines.
        var undefined: [Name] = []
        /// Calls that wait for somebody at a terminal, or for standard input.
        var waits: [Name] = []
        /// The first statement that can never be reached.
        var unreachable: Int?

        /// A name and its line.
        struct Name: Decodable, Sendable, Hashable {
            var name: String
            var line: Int
        }
    }

    /// What happens on `python -m MODULE`.
    enum Module: String, Sendable {
        /// It does something.
        case runs
        /// It is imported and does nothing, or cannot be run at all.
        case idle
        /// It is not part of the standard library.
        case unknown
    }

    private let interpreter: String

    /// Finds `python3` on the search path; nil when there is none that answers.
    public init?(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        guard
            let found = folders.map({ $0 + "/python3" }).first(where: FileManager.default.isExecutableFile(atPath:))
        else { return nil }
        interpreter = found
        guard report(on: "pass") != nil else { return nil }
    }

    /// What is known of a piece of code; nil when the interpreter did not answer.
    func report(on code: String) -> Report? {
        guard let output = ask(["code"], input: code) else { return nil }
        return try? JSONDecoder().decode(Report.self, from: output)
    }

    /// What `python -m` does with a module.
    func module(_ name: String) -> Module {
        if Self.idleModules.contains(name) { return .idle }
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }),
            let output = ask(["module", name], input: ""),
            let answer = Module(rawValue: String(decoding: output, as: UTF8.self))
        else { return .unknown }
        return answer
    }

    /// What is known of a module without an interpreter.
    static func knownModule(_ name: String) -> Module { idleModules.contains(name) ? .idle : .unknown }

    /// Modules of the standard library that do nothing when run (Python 3.11 to 3.13).
    static let idleModules: Set<String> = [
        "subprocess", "os", "sys", "pty", "socket", "threading", "multiprocessing", "ctypes", "shutil", "tempfile",
        "pathlib", "re", "json", "urllib", "urllib.request", "http", "http.client", "logging", "itertools",
        "functools", "collections", "io", "time", "random", "string", "struct", "signal", "select", "ssl", "hashlib",
        "hmac", "secrets", "pickle", "marshal", "codecs", "binascii", "zlib", "builtins", "socketserver", "xmlrpc",
        "importlib", "inspect", "types", "typing", "concurrent", "concurrent.futures", "fcntl", "tty", "termios",
    ]

    private func ask(_ arguments: [String], input: String) -> Data? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: interpreter)
        // -I and -S: nothing of the user's folders, environment or installed packages has a say.
        process.arguments = ["-I", "-S", "-W", "ignore", "-c", PythonHelper.source] + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return nil }
        // A pipe holds 64 KiB; more is no validation step, and would have to be written while reading.
        stdin.fileHandleForWriting.write(Data(input.utf8.prefix(60_000)))
        try? stdin.fileHandleForWriting.close()
        let output = stdout.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? output : nil
    }
}

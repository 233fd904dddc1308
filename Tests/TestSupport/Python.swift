// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A Python interpreter with libraries that tests hold the project's own code against.
///
/// `VEDETTE_PYTHON` names an interpreter of a virtual environment; without it the one on the path is taken.
public enum Python {
    /// The interpreter; nil when there is none.
    public static var interpreter: String? {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["VEDETTE_PYTHON"] { return named }
        return environment["PATH", default: ""].split(separator: ":").map { $0 + "/python3" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Whether Python and the modules are here.
    public static func has(_ modules: String...) -> Bool {
        guard let interpreter else { return false }
        let process = Process()
        process.executableURL = URL(filePath: interpreter)
        process.arguments = ["-c", "import " + modules.joined(separator: ", ")]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    /// Runs a program text with arguments; gives what it wrote to standard output, nil when it failed.
    public static func output(of program: String, _ arguments: [String]) throws -> Data? {
        guard let interpreter else { return nil }
        let file = try ScratchFile()
        let process = Process()
        process.executableURL = URL(filePath: interpreter)
        process.arguments = ["-c", program] + arguments
        // A file rather than a pipe: nothing to drain, nothing to deadlock on.
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: file.path))
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? try Data(contentsOf: URL(filePath: file.path)) : nil
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// The built program, run from outside.
enum Program {
    /// What a run left behind.
    struct Result {
        var code: Int32
        var output: String
        var errors: String

        /// Standard error with its line breaks and margins taken out, for looking up sentences.
        var notes: String { errors.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

        /// The lines of standard output.
        var lines: [String] { output.split(separator: "\n").map(String.init) }
    }

    /// The program is not where the build puts it.
    struct NotBuilt: Error {}

    /// The program: `VEDETTE_PROGRAM`, else beside the bundle of these tests.
    static var path: String {
        get throws {
            if let named = ProcessInfo.processInfo.environment["VEDETTE_PROGRAM"] { return named }
            // On Linux the bundle is the test runner itself, on macOS a folder that Xcode's runner loaded.
            let bundles = Bundle.allBundles.filter { $0.bundlePath.hasSuffix(".xctest") }.map(\.bundlePath)
            let runners = [Bundle.main.executablePath, CommandLine.arguments.first].compactMap { $0 }
            for beside in bundles + runners {
                let candidate = URL(filePath: beside).deletingLastPathComponent().appending(path: "vedette")
                let file = candidate.path(percentEncoded: false)
                if FileManager.default.isExecutableFile(atPath: file) { return file }
            }
            throw NotBuilt()
        }
    }

    /// Runs it in the checkout.
    static func run(
        _ arguments: [String], input: [UInt8] = [], program: String? = nil, folder: String = Checkout.root,
        environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL = URL(filePath: try program ?? path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        var own = ProcessInfo.processInfo.environment
        own["VEDETTE_STRATEGIES"] = nil
        // Files rather than pipes: nothing to drain, nothing to deadlock on.
        let scratch = try TemporaryFolder()
        // What one run keeps must not reach another, nor the user's own folders.
        own["XDG_CACHE_HOME"] = scratch.path + "/cache"
        own["XDG_STATE_HOME"] = scratch.path + "/state"
        process.environment = own.merging(environment) { $1 }
        let (output, errors) = (try scratch.write([], "output"), try scratch.write([], "errors"))
        process.standardInput = FileHandle(forReadingAtPath: try scratch.write(input, "input"))
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        return Result(
            code: process.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }

    /// Runs a shell script in which `$VEDETTE` is the program.
    static func shell(_ script: String) throws -> Result {
        try run(["-c", script], program: "/bin/sh", environment: ["VEDETTE": try path])
    }
}

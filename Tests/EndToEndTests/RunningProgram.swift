// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// The built program while it runs: for what has no end of its own.
final class RunningProgram {
    private let process = Process()
    private let errorsPath: String
    /// The file standard output goes to; it is added to.
    let outputPath: String

    /// Starts it in a folder that also takes what it keeps.
    init(_ arguments: [String], in folder: TemporaryFolder, output: String = "output", input: Pipe? = nil) throws {
        process.executableURL = URL(filePath: try Program.path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder.path)
        var environment = ProcessInfo.processInfo.environment
        environment["VEDETTE_STRATEGIES"] = nil
        environment["XDG_CACHE_HOME"] = folder.path + "/cache"
        environment["XDG_STATE_HOME"] = folder.path + "/own-state"
        process.environment = environment
        outputPath = folder.path + "/" + output
        errorsPath = folder.path + "/errors"
        for path in [outputPath, errorsPath] where !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        process.standardInput = input ?? FileHandle.nullDevice
        process.standardOutput = try Self.appending(outputPath)
        process.standardError = try Self.appending(errorsPath)
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// What it said so far.
    var output: String { (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "" }
    /// What it said of itself so far.
    var errors: String { (try? String(contentsOfFile: errorsPath, encoding: .utf8)) ?? "" }

    /// Sends a signal.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the end; gives the exit code, or minus the signal that ended it.
    func end() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Waits until something holds, at most so long; false when it did not come about.
    func waits(atMost seconds: Double = 30, until holds: () -> Bool) -> Bool {
        let end = Date(timeIntervalSinceNow: seconds)
        while !holds() {
            if Date() > end || !process.isRunning { return holds() }
            usleep(2_000)
        }
        return true
    }

    private static func appending(_ path: String) throws -> FileHandle {
        guard let handle = FileHandle(forWritingAtPath: path) else { throw Program.NotBuilt() }
        try handle.seekToEnd()
        // The program's own writes must not overwrite those of the one before.
        _ = fcntl(handle.fileDescriptor, F_SETFL, O_APPEND)
        return handle
    }
}

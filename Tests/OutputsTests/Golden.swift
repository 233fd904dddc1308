// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Compares output with a file of the checkout; `VEDETTE_UPDATE_GOLDEN=1` rewrites the file instead.
enum Golden {
    static func check(_ text: String, _ name: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws
    {
        let path = Checkout.root + "/Tests/OutputsTests/Golden/" + name
        if ProcessInfo.processInfo.environment["VEDETTE_UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: URL(filePath: path))
            return
        }
        let expected = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, pair) in zip(lines, wanted).enumerated() where pair.0 != pair.1 {
            Issue.record("\(name):\(index + 1) is\n\(pair.0)\ninstead of\n\(pair.1)", sourceLocation: sourceLocation)
            return
        }
        #expect(lines.count == wanted.count, sourceLocation: sourceLocation)
    }
}

extension Python {
    /// Runs a script of this folder: its exit code and what it printed; nil when there is no Python.
    static func run(_ script: String, _ arguments: [String] = [], input: String) throws -> (
        code: Int32, output: String
    )? {
        guard let interpreter else { return nil }
        let process = Process()
        process.executableURL = URL(filePath: interpreter)
        process.arguments = [Checkout.root + "/Tests/OutputsTests/Support/" + script] + arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

// SPDX-License-Identifier: Apache-2.0
import Enrichment
import Foundation
import Testing

/// Holds the option parser against a real CPython.
@Suite struct PythonOracleTests {
    static let interpreter = "/usr/bin/python3"
    static let isThere = FileManager.default.isExecutableFile(atPath: interpreter)

    /// A generator with a fixed seed (SplitMix64), so that a failure can be seen again.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    @Test(.enabled(if: isThere, "/usr/bin/python3 is not here"))
    func `random options are read as CPython reads them`() throws {
        var generator = Generator(state: 20_261_121)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "vedette-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let script = folder.appendingPathComponent("probe.py").path
        try "print('RAN file')\n".write(toFile: script, atomically: true, encoding: .utf8)
        try "print('RAN stdin')\n".write(
            toFile: folder.appendingPathComponent("input").path, atomically: true, encoding: .utf8)
        try "print('RAN module')\n".write(
            toFile: folder.appendingPathComponent("probe_module.py").path, atomically: true, encoding: .utf8)

        var kinds: Set<String> = []
        for _ in 0..<200 {
            let arguments = Self.arguments(&generator, script: script)
            let real = try Self.run(arguments, in: folder)
            let found = PythonInvocation.parse(image: Self.interpreter, arguments: ["python3"] + arguments)
            let ours = found?.source.map(\.rawValue) ?? "nothing"
            #expect(ours == real, "python3 \(arguments)")
            kinds.insert(real)
        }
        #expect(kinds.isSuperset(of: ["command", "module", "file", "stdin", "nothing"]))
    }

    private static func arguments(_ generator: inout Generator, script: String) -> [String] {
        var arguments: [String] = []
        let flags = ["b", "B", "d", "E", "O", "q", "s", "S", "u", "P", "R", "v", "x", "t", "I"]
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: arguments += ["-W", "ignore"]
            case 1: arguments.append("-Wignore")
            case 2: arguments += ["-X", "dev"]
            case 3: arguments.append("-Xdev")
            case 4: arguments += ["--check-hash-based-pycs", "default"]
            case 5:
                arguments.append(
                    ["-V", "--version", "-h", "-Z", "-J", "--nonsense", "-?"].randomElement(using: &generator) ?? "")
            default:
                let letters = (0..<Int.random(in: 1...3, using: &generator)).compactMap { _ in
                    flags.filter { $0 != "v" && $0 != "I" && $0 != "P" && $0 != "x" && $0 != "d" }
                        .randomElement(using: &generator)
                }
                arguments.append("-" + letters.joined())
            }
        }
        let operand = Int.random(in: 0..<8, using: &generator)
        // Behind two dashes `-c` would name a file, which is not there.
        if operand >= 5, Bool.random(using: &generator) { arguments.append("--") }
        switch operand {
        case 0: arguments += ["-c", "print('RAN command')"]
        case 1: arguments.append("-cprint('RAN command')")
        case 2:
            arguments.append("-Buc")
            arguments += ["print('RAN command')", "-m", "x"]
        case 3: arguments += ["-m", "probe_module"]
        case 4: arguments += ["-mprobe_module", "-c"]
        case 5: arguments += [script, "-c", "print('no')"]
        case 6: arguments.append("-")
        default: break
        }
        return arguments
    }

    private static func run(_ arguments: [String], in folder: URL) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: interpreter)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": folder.path]
        let output = Pipe()
        // A file, not a pipe: an interpreter that refuses its options leaves without reading.
        process.standardInput = try FileHandle(forReadingFrom: folder.appendingPathComponent("input"))
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("RAN ") }) else { return "nothing" }
        return String(line.dropFirst(4))
    }
}

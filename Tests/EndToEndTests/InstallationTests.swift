// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Where the program finds the strategies it comes with.
@Suite struct InstallationTests {
    private static let arguments = ["hunt", HuntCommandTests.attack, "--output", "jsonl"]

    /// The program copied to `bin` of a folder, and the strategies to `share` if wanted.
    private static func installed(withStrategies: Bool) throws -> (folder: TemporaryFolder, program: String) {
        let folder = try TemporaryFolder()
        let manager = FileManager.default
        for part in ["bin", "share/vedette"] {
            try manager.createDirectory(atPath: folder.path + "/" + part, withIntermediateDirectories: true)
        }
        let program = folder.path + "/bin/vedette"
        try manager.copyItem(atPath: URL(filePath: try Program.path).resolvingSymlinksInPath().path, toPath: program)
        if withStrategies {
            try manager.copyItem(
                atPath: Checkout.root + "/Strategies", toPath: folder.path + "/share/vedette/Strategies")
        }
        return (folder, program)
    }

    @Test func `a checkout's own strategies are found from anywhere`() throws {
        let result = try Program.run(Self.arguments, folder: "/")
        #expect(result.code == 0)
        #expect(result.lines.count == 2)
        #expect(result.output.contains("\"path\":\"\(Checkout.root)/Strategies/python-execution/rules/"))
    }

    @Test func `an installation's strategies are found`() throws {
        let (folder, program) = try Self.installed(withStrategies: true)
        let result = try Program.run(Self.arguments, program: program, folder: "/")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("\"path\":\"\(folder.path)/share/vedette/Strategies/python-execution/rules/"))
    }

    @Test func `a link to the program leads to the same strategies`() throws {
        let (folder, program) = try Self.installed(withStrategies: true)
        let other = try TemporaryFolder()
        let link = other.path + "/v"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: program)
        let result = try Program.run(Self.arguments, program: link, folder: "/")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("\"path\":\"\(folder.path)/share/vedette/Strategies/python-execution/rules/"))
        let searched = try Program.run(
            ["-c", "vedette hunt -q --output jsonl \(HuntCommandTests.attack)"], program: "/bin/sh", folder: "/",
            environment: ["PATH": folder.path + "/bin:/usr/bin:/bin"])
        #expect(searched.lines.count == 2, "\(searched.errors)")
    }

    @Test func `a program without strategies asks for some`() throws {
        let (folder, program) = try Self.installed(withStrategies: false)
        let result = try Program.run(Self.arguments, program: program, folder: "/")
        #expect(result.code == 2)
        #expect(result.errors.contains("--strategies"))
        let told = try Program.run(
            Self.arguments, program: program, folder: "/",
            environment: ["VEDETTE_STRATEGIES": Checkout.root + "/Strategies"])
        #expect(told.code == 0)
        #expect(told.lines.count == 2)
        withExtendedLifetime(folder) {}
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Readers
import TestSupport
import Testing

/// The same telemetry in other wrappings gives the same alerts.
@Suite struct TransportTests {
    /// One kind of recording of one strategy, one behind the other.
    struct Stream: Sendable, CustomTestStringConvertible {
        var strategy: String
        var suffix: String

        var testDescription: String { "\(strategy) \(suffix)" }

        static let all = StrategyCase.strategies.flatMap { strategy in
            (strategy == "container-evasion"
                ? [".audit.log", ".docker-events.jsonl", ".docker-inspect.json"] : [".audit.log"])
                .map { Stream(strategy: strategy, suffix: $0) }
        }

        var files: [String] {
            get throws {
                try StrategyCase.read(strategy).flatMap(\.files).filter { $0.hasSuffix(suffix) }.sorted()
            }
        }
    }

    @Test(arguments: StrategyCase.strategies, Compression.allCases)
    func `compressed recordings give the same alerts`(strategy: String, compression: Compression) throws {
        let rules = Hunting.rules([strategy])
        let files = try StrategyCase.read(strategy).flatMap(\.files)
        let folder = try TemporaryFolder()
        // Without a telling name: compression is found from the content.
        let compressed = try files.enumerated().map { index, file in
            try folder.write(compression.compress([UInt8](Data(contentsOf: URL(filePath: file)))), "recording-\(index)")
        }
        let plain = Hunting.run(files, rules: rules)
        let unpacked = Hunting.run(compressed, rules: rules)
        #expect(!plain.alerts.isEmpty)
        #expect(unpacked.report.problems.isEmpty, "\(unpacked.report.samples)")
        #expect(unpacked.report.bytes == plain.report.bytes)
        #expect(unpacked.essence == plain.essence)
    }

    @Test(arguments: Stream.all)
    func `a stream of compressed members gives what the plain stream gives`(stream: Stream) throws {
        let rules = Hunting.rules([stream.strategy])
        let texts = try stream.files.map { [UInt8](try Data(contentsOf: URL(filePath: $0))) }
        let folder = try TemporaryFolder()
        let plain = Hunting.run([try folder.write(texts.flatMap { $0 }, "plain")], rules: rules)
        #expect(!plain.alerts.isEmpty)
        for compression in Compression.allCases {
            let members = try texts.flatMap { try compression.compress($0) }
            let unpacked = Hunting.run([try folder.write(members, compression.rawValue)], rules: rules)
            #expect(unpacked.essence == plain.essence, "\(compression)")
        }
    }

    @Test(arguments: Stream.all)
    func `standard input gives what a file gives`(stream: Stream) throws {
        let text = try stream.files.flatMap { [UInt8](try Data(contentsOf: URL(filePath: $0))) }
        let folder = try TemporaryFolder()
        let arguments = ["hunt", "--strategies", StrategyCase.folder(stream.strategy), "--output", "jsonl", "--quiet"]
        let file = try folder.write(text, "plain")
        let named = try Program.run(arguments + [file])
        #expect(named.code == 0)
        #expect(!named.output.isEmpty)
        for bytes in [text] + (try Compression.allCases.map { try $0.compress(text) }) {
            let piped = try Program.run(arguments + ["-"], input: bytes)
            #expect(piped.code == 0)
            #expect(
                piped.output == named.output.replacingOccurrences(of: "\"path\":\"\(file)\"", with: "\"path\":\"-\""))
        }
    }
}

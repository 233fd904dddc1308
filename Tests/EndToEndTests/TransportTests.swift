// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import Strategies
import TestSupport
import Testing

/// The same telemetry in other wrappings gives the same alerts.
@Suite struct TransportTests {
    /// The recordings of one kind of one strategy, one behind the other.
    struct Stream: Sendable, CustomTestStringConvertible {
        var strategy: Strategy
        /// Everything behind the case's name, such as `.audit.log`.
        var suffix: String
        var files: [String]

        var testDescription: String { "\(strategy.id) \(suffix)" }

        static let all: [Stream] = StrategyCase.strategies.flatMap { strategy in
            // Recordings that need to be told their log source cannot share a stream with others.
            let files = StrategyCase.of(strategy).filter { $0.telemetry.logSource == nil }.flatMap(\.telemetry.files)
            let kinds = Dictionary(grouping: Set(files)) { file in
                String(file[(file.firstIndex(after: "/telemetry/", of: ".") ?? file.endIndex)...])
            }
            return kinds.sorted { $0.key < $1.key }.map {
                Stream(strategy: strategy, suffix: $0.key, files: $0.value.sorted())
            }
        }

        var texts: [[UInt8]] {
            get throws { try files.map { [UInt8](try Data(contentsOf: URL(filePath: $0))) } }
        }
    }

    @Test(arguments: StrategyCase.strategies, Compression.allCases)
    func `compressed recordings give the same alerts`(strategy: Strategy, compression: Compression) throws {
        let rules = Hunting.rules([strategy])
        let inputs = StrategyCase.of(strategy).flatMap { Hunting.inputs($0.telemetry) }
        let folder = try TemporaryFolder()
        // Without a telling name: compression is found from the content.
        let compressed: [Hunting.Input] = try inputs.enumerated().map { index, input in
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: input.path)))
            return (try folder.write(try compression.compress(bytes), "recording-\(index)"), input.logSource)
        }
        let plain = Hunting.run(inputs, rules: rules)
        let unpacked = Hunting.run(compressed, rules: rules)
        #expect(!plain.alerts.isEmpty)
        #expect(unpacked.report.problems.isEmpty, "\(unpacked.report.samples)")
        #expect(unpacked.report.bytes == plain.report.bytes)
        #expect(unpacked.essence == plain.essence)
    }

    @Test func `how far a file is read is counted in its own bytes`() throws {
        let folder = try TemporaryFolder()
        let text = Array(try Stream.all[0].texts.joined())
        var names: [String] = []
        for (index, bytes) in try ([text] + Compression.allCases.map { try $0.compress(text) }).enumerated() {
            names.append(try folder.write(bytes, "\(index).log"))
            var source = EventPump(paths: [names[index]], vocabulary: Vocabulary())
            var batch = EventBatch()
            var last: UInt64 = 0
            while source.next(&batch) {
                #expect(source.position >= last)
                last = source.position
            }
            #expect(source.position == UInt64(bytes.count))
        }
        let sizes = try names.map { try Data(contentsOf: URL(filePath: $0)).count }
        #expect(Inputs(names).size == UInt64(sizes.reduce(0, +)))
        #expect(Inputs([folder.path]).size == UInt64(sizes.reduce(0, +)))
        #expect(Inputs(names + ["-"]).size == nil)
    }

    @Test func `there are streams of every kind`() {
        #expect(Set(Stream.all.map(\.suffix)).isSuperset(of: [".audit.log", ".docker-events.jsonl"]))
    }

    @Test(arguments: Stream.all)
    func `a stream of compressed members gives what the plain stream gives`(stream: Stream) throws {
        let rules = Hunting.rules([stream.strategy])
        let folder = try TemporaryFolder()
        let plain = Hunting.run([(try folder.write(try stream.texts.joined(), "plain"), nil)], rules: rules)
        #expect(plain.report.events > 0)
        for compression in Compression.allCases {
            let members = try stream.texts.flatMap { try compression.compress($0) }
            let unpacked = Hunting.run([(try folder.write(members, compression.rawValue), nil)], rules: rules)
            #expect(unpacked.essence == plain.essence, "\(compression)")
        }
    }

    @Test(arguments: Stream.all)
    func `standard input gives what a file gives`(stream: Stream) throws {
        let text = Array(try stream.texts.joined())
        let folder = try TemporaryFolder()
        let arguments = ["hunt", "--strategies", stream.strategy.path, "--output", "jsonl", "--quiet"]
        let file = try folder.write(text, "plain")
        let named = try Program.run(arguments + [file])
        #expect(named.code == 0)
        let expected = named.output.replacingOccurrences(of: "\"path\":\"\(file)\"", with: "\"path\":\"-\"")
        for bytes in [text] + (try Compression.allCases.map { try $0.compress(text) }) {
            let piped = try Program.run(arguments + ["-"], input: bytes)
            #expect(piped.code == 0)
            #expect(piped.output == expected)
        }
    }
}

extension String {
    /// The first place of a character behind a part of the text.
    fileprivate func firstIndex(after part: String, of character: Character) -> Index? {
        guard let start = range(of: part)?.upperBound else { return nil }
        return self[start...].firstIndex(of: character)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import FuzzSupport
import Readers

/// Whole inputs of any kind: compression, encodings, format detection, framing, reading.
///
/// The first byte chooses the format (or detection), the second the size of the chunks the input is read in. Chunks must
/// not matter: reading in chunks of a few bytes and in one piece must give the same events and counts.
@main struct FuzzInput: FuzzTarget {
    private static let file = ScratchFile()
    private static let fresh = Fresh { _ in }

    static func run(_ input: [UInt8]) {
        guard input.count > 2 else { return }
        let formats: [Format?] = [nil] + Format.allCases
        let format = formats[Int(input[0]) % formats.count]
        file.fill(input[2...])
        let vocabulary = fresh.pair.1
        // Records over 4 KiB are too long here, so that skipping is reached.
        let whole = InputReading(file.path, format, InputLimits(record: 4096, chunk: 1 << 20), vocabulary)
        let parts = InputReading(file.path, format, InputLimits(record: 4096, chunk: 1 + Int(input[1])), vocabulary)
        Invariants.require(whole.format == parts.format, "the size of chunks decides about the format")
        Invariants.same(whole.events, parts.events, "reading in small chunks")
        Invariants.require(
            whole.report.records == parts.report.records && whole.report.problems == parts.report.problems,
            "reading in small chunks counts otherwise: \(whole.report) \(parts.report)")
        whole.checkCounts()
    }
}

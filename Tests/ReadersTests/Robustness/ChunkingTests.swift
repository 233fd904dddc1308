// SPDX-License-Identifier: Apache-2.0
import Readers
import Testing

/// The size of the pieces an input is read in is nobody's business but the reader's.
@Suite struct ChunkingTests {
    private static let inputs: [String] = [
        // A document that is too long before it is damaged, twice.
        "{\n\"a\": \"\(String(repeating: "x", count: 200))\n{\"b\":1}\n",
        "{\n\"a\": {\"b\": \(String(repeating: "[", count: 200))\n{\"b\":1}\n{\"c\":2}\n",
        "[{\"a\":1},\n{\"b\":\"\(String(repeating: "x", count: 200))\"},{\"c\":1}]",
        "one\r\n\(String(repeating: "y", count: 200))\r\ntwo\n\0\0three\r",
        "<?xml version='1.0'?><Events><Event><System/></Event>\(String(repeating: " ", count: 200))<Event></Event>",
    ]

    @Test(arguments: inputs)
    func `chunks of any size give the same events and problems`(text: String) throws {
        let whole = try read(text, limits: InputLimits(record: 100, chunk: 1 << 20))
        for chunk in [1, 2, 7, 64, 101] {
            let parts = try read(text, limits: InputLimits(record: 100, chunk: chunk))
            #expect(parts.events.map(\.description) == whole.events.map(\.description), "chunks of \(chunk)")
            #expect(parts.report.problems == whole.report.problems, "chunks of \(chunk)")
            #expect(parts.report.records == whole.report.records, "chunks of \(chunk)")
        }
        #expect(whole.accountsForAllRecords && whole.report.records > 1)
    }
}

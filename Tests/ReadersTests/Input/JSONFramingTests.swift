// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct JSONFramingTests {
    /// The documents the framer cuts, as text.
    static func documents(_ text: String, limit: Int = 1000, chunk: Int) -> (texts: [String], report: ReadReport) {
        var report = ReadReport()
        let texts = JSONDocuments.cut(
            Array(text.utf8), limits: InputLimits(record: limit, chunk: chunk), report: &report)
        return (texts.map { String(decoding: $0, as: UTF8.self) }, report)
    }

    static let cases: [(text: String, documents: [String], problems: [ReadProblemKind: UInt64])] = [
        ("{\"a\":1}\n{\"b\":2}", ["{\"a\":1}", "{\"b\":2}"], [:]),
        ("{\"a\":1}{\"b\":2}  {}", ["{\"a\":1}", "{\"b\":2}", "{}"], [:]),
        ("{\n  \"a\": [1, {\"x\": \"}]\\\"\"}]\n}\n", ["{\n  \"a\": [1, {\"x\": \"}]\\\"\"}]\n}"], [:]),
        ("[{\"a\":1}, {\"b\":[2]}\n,{}]\n[{\"c\":3}]", ["{\"a\":1}", "{\"b\":[2]}", "{}", "{\"c\":3}"], [:]),
        ("\u{1E}{\"a\":1}\n\u{1E}{\"b\":2}\n", ["{\"a\":1}", "{\"b\":2}"], [:]),
        ("{\"l\":[\n{\"a\":1},\n{\"a\":2}\n]}", ["{\"l\":[\n{\"a\":1},\n{\"a\":2}\n]}"], [:]),
        // Damage: a string without end, a wrong bracket, rubbish, a document cut before the next.
        ("{\"a\":\"x\n{\"b\":2}", ["{\"b\":2}"], [.malformed: 1]),
        ("{\"a\":1]\n{\"b\":2}", ["{\"b\":2}"], [.malformed: 1]),
        ("{\"a\":1}\nrubbish {\"no\":1}\n{\"b\":2}", ["{\"a\":1}", "{\"b\":2}"], [.malformed: 1]),
        ("{\n \"a\": 1,\n \"b\"\n{\n \"c\": 3\n}", ["{\n \"c\": 3\n}"], [.malformed: 1]),
        ("{\n \"a\": 1,\n{\n \"c\": 3\n}", ["{\n \"c\": 3\n}"], [.malformed: 1]),
        ("{\"a\":1}\n{\"b\":", ["{\"a\":1}"], [.truncated: 1]), ("[{\"a\":1},", ["{\"a\":1}"], [.truncated: 1]),
        ("]", [], [.malformed: 1]),
    ]

    @Test(arguments: cases.indices)
    func `documents are cut and damage is counted`(index: Int) {
        let (text, expected, problems) = Self.cases[index]
        for chunk in [1, 2, 3, 5, 8, 1000] {
            let seen = Self.documents(text, chunk: chunk)
            #expect(seen.texts == expected, "chunk \(chunk)")
            #expect(seen.report.problems == problems, "chunk \(chunk)")
        }
    }

    @Test(arguments: [1, 7, 19, 1000])
    func `a document over the limit is skipped and located`(chunk: Int) {
        let long = "{\"x\":\"\(String(repeating: "y", count: 60))\"}"
        let seen = Self.documents("{\"a\":1}\n\(long)\n{\"b\":2}\(long)", limit: 20, chunk: chunk)
        #expect(seen.texts == ["{\"a\":1}", "{\"b\":2}"])
        #expect(seen.report.problems == [.tooLong: 2])
        #expect(seen.report.samples.map(\.position) == [2, 4])
    }

    @Test func `nesting is bounded`() {
        let deep = String(repeating: "[", count: 100_000)
        let seen = Self.documents("{\"a\":" + deep + "\n{\"b\":2}", limit: 1 << 20, chunk: 4096)
        #expect(seen.texts == ["{\"b\":2}"])
        #expect(seen.report.problems == [.malformed: 1])
    }

    @Test func `documents cut or changed at any byte never crash and lose no later one`() {
        let good = "{\n \"a\": [1, {\"x\": \"y\\\"\"}],\n \"b\": {}\n}"
        for index in good.utf8.indices {
            let cut = String(good[..<index])
            let seen = Self.documents(cut + "\n{\"last\":1}\n", chunk: 16)
            if cut.hasSuffix("[") || cut.hasSuffix("1,") || cut.hasSuffix("1, ") {
                // In an array the line may well be its next element: the whole is one document without an end.
                #expect(seen.report.problems == [.truncated: 1])
            } else {
                #expect(seen.texts.last == "{\"last\":1}", "\(cut)")
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Testing

@Suite struct NearestNameTests {
    @Test(
        arguments: [
            ("jsnol", ["table", "jsonl", "ocsf"], "jsonl"), ("HIHG", ["low", "medium", "high"], "high"),
            ("contians", ["contains", "startswith", "endswith"], "contains"),
            ("endwith", ["startswith", "endswith"], "endswith"),
            ("containss", ["contains"], "contains"), ("xml", ["table", "jsonl", "ocsf", "csv", "html"], nil),
            ("urgent", ["low", "medium", "high", "critical"], nil), ("", ["a"], nil), ("a", ["b"], nil),
            ("startswiht", [], nil), ("cat", ["car", "bat"], "bat"), ("né", ["ne"], "ne"),
            (String(repeating: "x", count: 500), [String(repeating: "x", count: 499)], nil),
        ] as [(String, [String], String?)])
    func `a slip leads to the name that was meant, anything else to none`(
        text: String, names: [String], wanted: String?
    ) {
        #expect(NearestName.to(text, among: names) == wanted)
        #expect(NearestName.hint(for: text, among: names) == (wanted.map { " (did you mean '\($0)'?)" } ?? ""))
    }
}

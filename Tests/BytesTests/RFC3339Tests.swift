// SPDX-License-Identifier: Apache-2.0
import Bytes
import Testing

@Suite struct RFC3339Tests {
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-21T20:24:05.123456789Z", 1_795_292_645_123_456_789),
            ("2026-11-21 20:24:05.5", 1_795_292_645_500_000_000),
            ("2026-11-21T21:24:05+01:00", 1_795_292_645_000_000_000),
            ("2026-11-21T15:24:05-0500", 1_795_292_645_000_000_000),
            ("1969-12-31T23:59:59.5Z", -500_000_000),
            ("2262-04-11T23:47:16.854775807Z", .max),
        ] as [(String, Int64)])
    func `a date gives its nanoseconds and back`(text: String, expected: Int64) {
        let bytes = Array(text.utf8)
        #expect(RFC3339.nanoseconds(bytes.span) == expected)
        let again = Array(RFC3339.string(nanoseconds: expected).utf8)
        #expect(RFC3339.nanoseconds(again.span) == expected)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-13-01T00:00:00Z", "2026-11-21T20:24:05.Z", "9999-01-01T00:00:00Z",
        "2026-11-21T20:24:05+1",
    ])
    func `what is not a date gives nothing`(text: String) {
        let bytes = Array(text.utf8)
        #expect(RFC3339.nanoseconds(bytes.span) == nil)
    }

    @Test func `the earliest times are written without a trap`() {
        #expect(RFC3339.string(nanoseconds: .min) == "1677-09-21T00:12:43.145224192Z")
        #expect(RFC3339.string(nanoseconds: .min + 1) == "1677-09-21T00:12:43.145224193Z")
    }
}

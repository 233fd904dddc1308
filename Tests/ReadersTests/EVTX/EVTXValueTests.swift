// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Every type of value, as Windows and the usual readers of its logs show it.
@Suite struct EVTXValueTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var type: UInt8
        var bytes: [UInt8]
        var expected: [String]
        var kind = ValueKind.string
        /// Whether the independent reader shows the same.
        var isAgreed = true

        init(_ type: UInt8, _ bytes: [UInt8], _ expected: String..., kind: ValueKind = .string, isAgreed: Bool = true) {
            (self.type, self.bytes, self.expected, self.kind, self.isAgreed) = (type, bytes, expected, kind, isAgreed)
        }

        var testDescription: String { "type \(type) \(bytes.prefix(20)) is \(expected)" }
    }

    private static func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { EVTXValue.bytes($0) } }

    private static func parts(_ parts: UInt16...) -> [UInt8] { parts.flatMap { EVTXValue.bytes($0) } }

    private static let system: [UInt8] = [1, 1, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0]

    static let scalars: [Case] = [
        Case(0, [], ""), Case(0, [1, 2], ""),
        Case(1, wide("abc"), "abc"), Case(1, wide("a\0b"), "a"), Case(1, [], ""), Case(1, wide("  a\r\n"), "  a\r\n"),
        Case(1, wide("0123456789abcdef\u{E9}0123456789\u{20AC}\u{1F600}"), "0123456789abcdef\u{E9}0123456789€😀"),
        Case(1, [0, 0xD8] + wide("a"), "\u{FFFD}a", isAgreed: false),
        Case(1, wide("a") + [0, 0xDC], "a\u{FFFD}", isAgreed: false), Case(1, wide("a") + [98], "a", isAgreed: false),
        Case(2, [97, 0x80, 0x9F, 0xFF], "a€Ÿÿ"), Case(2, [97, 0, 98], "a", isAgreed: false),
        Case(3, [0xFF], "-1", kind: .integer), Case(4, [0xFF], "255", kind: .integer),
        Case(5, [0, 0x80], "-32768", kind: .integer), Case(6, [0, 0x80], "32768", kind: .integer),
        Case(7, [0, 0, 0, 0x80], "-2147483648", kind: .integer),
        Case(8, [0xFF, 0xFF, 0xFF, 0xFF], "4294967295", kind: .integer),
        Case(9, EVTXValue.bytes(Int64.min), "-9223372036854775808", kind: .integer),
        Case(10, EVTXValue.bytes(UInt64.max), "18446744073709551615", kind: .integer),
        Case(10, EVTXValue.bytes(UInt64(0)), "0", kind: .integer),
        Case(11, EVTXValue.bytes(Float(1.1).bitPattern), "1.1", kind: .float),
        Case(11, EVTXValue.bytes(Float.nan.bitPattern), "NaN", kind: .float),
        Case(12, EVTXValue.bytes((-0.5).bitPattern), "-0.5", kind: .float),
        Case(12, EVTXValue.bytes((1e300).bitPattern), "1e+300", kind: .float),
        Case(13, [1, 0, 0, 0], "true", kind: .boolean), Case(13, [0, 0, 0, 0], "false", kind: .boolean),
        Case(13, [2, 0, 0, 0], "2", kind: .integer),
        Case(14, [1, 0xAB, 3, 4, 5], "01AB030405"),
        Case(15, Array(0..<16), "03020100-0504-0706-0809-0A0B0C0D0E0F"),
        Case(15, [0xFF, 0xEE, 0xDD, 0xCC] + Array(4..<16), "CCDDEEFF-0504-0706-0809-0A0B0C0D0E0F"),
        Case(15, [1, 2, 3], "010203", isAgreed: false),
        Case(16, [0x34, 0x12, 0, 0], "0x1234"), Case(16, EVTXValue.bytes(UInt64(0x12_3456_7890)), "0x1234567890"),
        Case(17, EVTXValue.bytes(UInt64(132_500_000_012_345_678)), "2020-11-16T11:33:21.234567Z"),
        Case(17, EVTXValue.bytes(UInt64(0)), "1601-01-01T00:00:00.000000Z"),
        Case(17, EVTXValue.bytes(UInt64.max), "60056-05-28T05:36:10.955161Z", isAgreed: false),
        Case(18, parts(2020, 12, 5, 11, 12, 28, 1, 299), "2020-12-11T12:28:01.299000Z"),
        Case(18, parts(0, 0, 0, 0, 0, 0, 0, 0), "1601-01-01T00:00:00.000000Z"),
        Case(18, parts(2020, 13, 0, 1, 1, 1, 1, 1), "E4070D00000001000100010001000100", isAgreed: false),
        Case(19, system, "S-1-5-18"), Case(19, [1, 1, 1, 2, 3, 4, 5, 6, 18, 0, 0, 0], "S-1-1108152157446-18"),
        Case(19, [1, 9, 0, 0, 0, 0, 0, 5, 18, 0, 0, 0], "S-1-5-18", isAgreed: false),
        Case(19, [1, 2], "0102", isAgreed: false),
        Case(20, [0, 0, 0, 0], "0x0"), Case(20, [0xEF, 0xCD, 0xAB, 0], "0xabcdef"),
        Case(21, EVTXValue.bytes(UInt64(1) << 63), "0x8000000000000000"),
        Case(32, [5, 0, 0, 0], "0x5", isAgreed: false), Case(35, wide("<a/>"), "<a/>", isAgreed: false),
        Case(0x50, [1, 2], "0102", isAgreed: false),
        // Shorter or longer than their type.
        Case(7, [1, 0], "1", kind: .integer, isAgreed: false), Case(7, [1, 0, 0, 0, 9, 9, 9, 9], "1", kind: .integer),
        Case(8, [], "", isAgreed: false), Case(17, [], "", isAgreed: false),
    ]

    static let arrays: [Case] = [
        Case(0x81, wide("a\0b\0\0c\0"), "a", "b", "", "c"), Case(0x81, wide("a\0b"), "a", "b", isAgreed: false),
        Case(0x81, [], ""), Case(0x82, [97, 0, 98], "a", "b", isAgreed: false),
        Case(0x83, [1, 0xFF], "1", "-1", kind: .integer), Case(0x84, [1, 0xFF], "1", "255", kind: .integer),
        Case(0x85, [1, 0, 0xFF, 0xFF], "1", "-1", kind: .integer), Case(0x86, [1, 0, 2, 0], "1", "2", kind: .integer),
        Case(0x87, [1, 0, 0, 0, 2, 0, 0, 0], "1", "2", kind: .integer), Case(0x88, [7, 0, 0, 0], "7", kind: .integer),
        Case(0x88, [7, 0, 0, 0, 1], "7", "1", kind: .integer, isAgreed: false),
        Case(0x8A, EVTXValue.bytes(UInt64(1)), "1", kind: .integer),
        Case(0x8C, EVTXValue.bytes((1.5).bitPattern), "1.5", kind: .float),
        Case(0x8D, [1, 0, 0, 0, 0, 0, 0, 0], "true", "false", kind: .boolean),
        Case(0x8E, [1, 2, 3], "010203", isAgreed: false),
        Case(
            0x8F, Array(0..<16) + Array(0..<16), "03020100-0504-0706-0809-0A0B0C0D0E0F",
            "03020100-0504-0706-0809-0A0B0C0D0E0F"),
        Case(0x90, EVTXValue.bytes(UInt64(1)), "0x1", isAgreed: false),
        Case(0x91, EVTXValue.bytes(UInt64(132_500_000_000_000_000)), "2020-11-16T11:33:20.000000Z"),
        Case(0x93, system + system, "S-1-5-18", "S-1-5-18"), Case(0x94, [1, 0, 0, 0, 2, 0, 0, 0], "0x1", "0x2"),
        Case(0x95, EVTXValue.bytes(UInt64(5)), "0x5"),
    ]

    private static func log(_ cases: [Case], in element: (UInt8) -> EVTXNode) -> [UInt8] {
        var writer = EVTXWriter()
        for test in cases {
            writer.add(
                .element(
                    "Event", [EVTXAttribute("xmlns", .text("x"))], [.element("EventData", [], [element(test.type)])]),
                [.bytes(test.type, test.bytes)])
        }
        return writer.finished()
    }

    @Test(arguments: scalars)
    func `a value is shown in its form`(test: Case) throws {
        let seen = try read(Self.log([test]) { .data("X", .value(0, $0)) })
        let fields = try #require(seen.events.first).fields
        #expect(fields.map(\.value) == test.expected)
        #expect(fields.map(\.name) == ["X"] && fields.allSatisfy { $0.kind == test.kind })
        #expect(seen.report.problems.isEmpty || test.expected.joined().contains("\u{FFFD}"))
    }

    @Test(arguments: arrays)
    func `an array gives a value an item`(test: Case) throws {
        let fields = try #require(try read(Self.log([test]) { .element("Data", [], [.value(0, $0)]) }).events.first)
            .fields
        #expect(fields.map(\.value) == test.expected)
        #expect(fields.allSatisfy { $0.name == "Data" && $0.kind == test.kind })
    }

    @Test(.enabled(if: EVTXOracle.isHere, Comment(rawValue: EVTXOracle.absent)))
    func `an independent reader shows the same`() throws {
        let agreed = (Self.scalars + Self.arrays).filter(\.isAgreed)
        let file = try ScratchFile(Self.log(agreed) { .element("Data", [], [.value(0, $0)]) })
        let dumped = try EVTXDump([file.path])
        try #require(dumped.records.count == agreed.count)
        for (test, record) in zip(agreed, dumped.records) {
            #expect(record.values(in: "Data") == test.expected, "\(test.testDescription)")
        }
    }
}

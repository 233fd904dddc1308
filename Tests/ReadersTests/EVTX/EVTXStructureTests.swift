// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import TestSupport
import Testing

/// How binary XML becomes fields.
@Suite struct EVTXStructureTests {
    /// What `System`, `EventData` and others give, as `field=value`; a null is `field`.
    private static func fields(_ content: [EVTXNode], _ values: [EVTXValue] = []) throws -> [String] {
        var writer = EVTXWriter()
        writer.add(.element("Event", [EVTXAttribute("xmlns", .text("x"))], content), values)
        let seen = try read(writer.finished())
        #expect(seen.report.problems.isEmpty && seen.report.records == 1)
        return try #require(seen.events.first).fields.map { $0.kind == .null ? $0.name : "\($0.name)=\($0.value)" }
    }

    private static func data(_ nodes: EVTXNode...) -> [EVTXNode] { [.element("EventData", [], nodes)] }

    private static let inner = EVTXNode.element("EventData", [], [.data("X", .value(0))])

    struct Case: Sendable {
        var content: [EVTXNode]
        var values: [EVTXValue] = []
        var expected: [String]

        init(_ content: [EVTXNode], _ values: [EVTXValue] = [], _ expected: String...) {
            (self.content, self.values, self.expected) = (content, values, expected)
        }
    }

    static let cases: [Case] = [
        Case(data(.data("X", .value(0)), .data("Y", .value(1)), .data("Z")), [.text(""), .null], "X=", "Y=", "Z="),
        Case(data(.element("Binary", [], [.value(0)]), .element("Foo", [], nil)), [.null], "Binary", "Foo"),
        Case(data(.element("Foo", [], [.value(0)])), [.text("")], "Foo"),
        Case(data(.data("Threat Name", .text("t"))), [], "ThreatName=t"),
        Case(
            data(.element("Data", [], [.text("a")]), .element("Data", [], [.value(0)])), [.text("b")], "Data=a",
            "Data=b"),
        Case(
            data(.data("X", .text("a "), .value(0), .text(" b"), .value(1, 8))), [.text("v"), .number(8, UInt32(7))],
            "X=a v b7"),
        Case(data(.data("X", .value(0, 8), .value(1, 8))), [.number(8, UInt32(1)), .number(8, UInt32(7))], "X=17"),
        Case(
            data(.data("X", .text("a"), .cdata("<b>"), .character(0x20AC), .entity("amp"), .entity("foo"))), [],
            "X=a<b>€&&foo;"),
        Case(data(.instruction("target", "text"), .data("X", .text("q"))), [], "X=q"),
        Case(data(.data("X", .text("1")), .data("X", .text("2"))), [], "X=1", "X=2"),
        Case(
            data(
                .element("Data", [EVTXAttribute("Name", .text("X")), EVTXAttribute("Type", .text("t"))], [.text("v")])),
            [],
            "X=v"),
        Case(data(.element("Data", [EVTXAttribute("Name", .value(0))], [.text("v")])), [.text("Dynamic")], "Data=v"),
        Case(
            data(.element("Foo", [EVTXAttribute("a", .value(0)), EVTXAttribute("b", .value(1, 8))], [.text("v")])),
            [.null, .number(8, UInt32(5))], "Foo.b=5", "Foo=v"),
        Case(data(.data("X", .element("in", [], [.text("v")]))), [], "X.in=v"),
        Case(data(.data("X", .value(9), .value(8, isOptional: true))), [], "X="),
        Case(
            [.element("EventData", [EVTXAttribute("Name", .text("N"))], [.data("X", .text("a"))])], [], "Name=N", "X=a"),
        Case(
            [
                .element(
                    "UserData", [],
                    [
                        .element(
                            "Log", [EVTXAttribute("xmlns", .text("n"))],
                            [.element("A", [], [.value(0)]), .element("B", [], [.element("C", [], [.text("c")])])])
                    ])
            ], [.null], "xmlns=n", "A", "B.C=c"),
        Case(
            [
                .element(
                    "System", [],
                    [
                        .element("EventID", [EVTXAttribute("Qualifiers", .value(0, 6))], [.value(1, 6)]),
                        .element("Level", [], [.value(2, 4)]), .element("Correlation", [], nil),
                        .element("Provider", [EVTXAttribute("Name", .text("P"))], nil),
                    ])
            ], [.null, .number(6, UInt16(9)), .null], "EventID=9", "Provider_Name=P"),
        Case([.value(0, 0x21)], [.template(inner, [.text("in")])], "X=in"),
        Case([.value(0, 0x21, isOptional: true)], [.null]),
        Case(
            [.element("UserData", [], [.value(0, 0x21)])],
            [.elements(.element("L", [], [.element("A", [], [.text("z")])]))], "A=z"),
        Case([.element("DebugData", [], [.element("A", [], [.text("z")])])], [], "Event.DebugData.A=z"),
        Case(
            data(.data("X", .text("a"), .value(0, 1), .text("b"))), [.template(inner, [.text("in")])], "X=a",
            "X.EventData.Data.Name=X", "X.EventData.Data=in", "X=b"),
    ]

    @Test(arguments: cases.indices)
    func `elements, attributes and values become fields`(index: Int) throws {
        let test = Self.cases[index]
        #expect(try Self.fields(test.content, test.values) == test.expected)
    }

    @Test func `a record without a template is read`() throws {
        var writer = EVTXWriter()
        writer.add(.element("Event", [], Self.data(.data("X", .text("direct")))), nil)
        #expect(try read(writer.finished()).events.first?["X"] == "direct")
    }

    @Test func `templates are defined once and used by all records of a chunk`() throws {
        var writer = EVTXWriter()
        for round in 0..<3 {
            for record in 0..<20 {
                writer.addEvent(
                    channel: "Security", provider: "P", id: UInt16(record),
                    data: [("A", "\(round) \(record)"), ("B", "é")])
            }
            writer.endChunk()
        }
        let seen = try read(writer.finished())
        #expect(seen.events.map { $0["A"] ?? "" } == (0..<60).map { "\($0 / 20) \($0 % 20)" })
        #expect(
            seen.events.allSatisfy { $0["B"] == "é" && $0["Security_UserID"] == "S-1-5-18" && $0["EventID"] != nil })
        #expect(seen.events.map(\.position) == Array(1...60))
        #expect(seen.report.records == 60 && seen.report.events == 60 && seen.report.problems.isEmpty)
        #expect(seen.format == .evtx && seen.events[0].record.isEmpty)
    }

    @Test func `the time is the event's, to the tick, and the writer's where it has none`() throws {
        var writer = EVTXWriter()
        writer.addEvent(channel: "C", provider: "P", id: 1, data: [], time: 132_500_000_000_000_001)
        writer.addEvent(channel: "C", provider: "P", id: 1, data: [("UtcTime", "2022-05-13 08:54:05.123")])
        writer.add(.element("Event", [], Self.data(.data("X", .text("x")))), nil)
        let times = try read(writer.finished()).events.map(\.time)
        #expect(times == [1_605_526_400_000_000_100, 1_652_432_045_123_000_000, 1_605_526_400_000_000_000])
    }

    @Test func `compressed logs, and such without their file's header, are read`() throws {
        var writer = EVTXWriter()
        for index in 0..<3 {
            writer.addEvent(channel: "C", provider: "P", id: UInt16(index), data: [])
            writer.endChunk()
        }
        let log = writer.finished()
        for bytes in [log, gzip(log), zstandard(log)] {
            let seen = try read(bytes)
            #expect(seen.events.map { $0["EventID"] } == ["0", "1", "2"] && seen.report.problems.isEmpty)
            #expect(seen.report.bytes == UInt64(log.count))
        }
        let chunks = try read(Array(log[4096...]), format: .evtx)
        #expect(chunks.events.count == 3 && chunks.report.problems == [.malformed: 1])
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Events
import Foundation
import Outputs
import Sigma
import Testing

@Suite struct DisplayTests {
    /// An alert whose entity is `text`, as the table shows it.
    private func shown(_ text: String, width: Int = 100) throws -> [String] {
        let finding = Finding(
            rule: Samples.rule(text, .high, tags: []), number: 0, entity: Entity(kind: .host, parts: [("host", text)]),
            entityKey: EntityKey(group: []),
            reasons: [Reason(selection: text, field: text, pattern: "contains: " + text, value: text)],
            event: EventSnapshot(
                time: nil, logsource: text, path: text, position: 1, fields: NamedValues(), record: text))
        var sink = TableSink(ByteOutput(), style: TableStyle(width: width))
        try sink.take(AlertChange(.closed, number: 1, alert: Alert(finding)))
        return sink.output.text.split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        ("a\u{1B}[2Jb", "a\\x1b[2Jb"), ("a\nb\tc\rd", "a\\nb\\tc\\rd"), ("\u{0}\u{7F}\u{9B}31m", "\\x00\\x7f\\x9b31m"),
        ("a\u{202E}b\u{2066}c\u{200F}", "a\\u{202e}b\\u{2066}c\\u{200f}"),
        ("zero\u{200B}width\u{FEFF}", "zero\\u{200b}width\\u{feff}"),
        ("line\u{2028}break", "line\\u{2028}break"), ("soft\u{AD}hyphen", "soft\\xadhyphen"), ("é漢😀", "é漢😀"),
        ("z\u{300}\u{301}\u{302}\u{303}\u{304}", "z\u{300}\u{301}\u{302}\u{303}\\u{304}"),
        ("tag\u{E0041}", "tag\\u{e0041}"),
    ])
    func `what could act on a terminal is shown as an escape`(text: String, expected: String) throws {
        let lines = try shown(text)
        #expect(Array(lines[2].utf8) == Array("who       \(expected)".utf8))
        for line in lines { #expect(!line.unicodeScalars.contains { $0.isUnsafeOnTerminals }, "\(line)") }
    }

    /// Columns a terminal takes for the text of these tests: CJK and emoji two, the rest one.
    private func columns(_ line: String) -> Int {
        line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 && $1.value != 0x2026 && $1.value != 0x2190 ? 2 : 1) }
    }

    @Test(arguments: [1, 40, 41, 60, 80, 100, 237])
    func `every line fits the terminal`(width: Int) throws {
        let texts = [
            String(repeating: "漢字", count: 300), String(repeating: "x", count: 500), "short", "",
            "😀 \u{1B} " + String(repeating: "a b", count: 90),
        ]
        for text in texts {
            for line in try shown(text, width: width) {
                #expect(columns(line) <= max(width, TableStyle.narrowest), "\(line)")
            }
        }
        let style = TableStyle(width: width)
        for line in Samples.summary().text(style: style).split(separator: "\n") {
            #expect(columns(String(line)) <= style.width)
        }
    }

    @Test(arguments: [40, 60, 80, 100])
    func `the matched part of a long value is visible`(width: Int) throws {
        let value = String(repeating: "a ", count: 800) + "pty.Spawn" + String(repeating: " b", count: 800)
        let finding = Finding(
            rule: Samples.rule("t", .high, tags: []), number: 0, entity: Entity(kind: .host, parts: []),
            entityKey: EntityKey(group: []),
            reasons: [Reason(selection: "s", field: "CommandLine", pattern: "contains: pty.spawn", value: value)],
            event: EventSnapshot(time: nil, logsource: "", path: "", position: 1, fields: NamedValues(), record: ""))
        var sink = TableSink(ByteOutput(), style: TableStyle(width: width))
        try sink.take(AlertChange(.closed, number: 1, alert: Alert(finding)))
        #expect(sink.output.text.contains("pty.Spawn"))
    }

    @Test(
        arguments: [([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["TERM": "dumb"], false)]
            as [([String: String], Bool)])
    func `a pipe has no colours and a default width whatever the environment says`(
        environment: [String: String], allowed: Bool
    ) {
        let pipe = Pipe()
        let terminal = Terminal(descriptor: pipe.fileHandleForWriting.fileDescriptor, environment: environment)
        #expect(terminal == Terminal(isTerminal: false, width: 100, hasColor: false))
        #expect(Terminal.allowsColor(environment) == allowed)
    }
}

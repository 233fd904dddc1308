// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Foundation
import Outputs
import TestSupport
import Testing

/// Several outputs at once, to real files.
@Suite struct AlertSinksTests {
    private static func settings(isFollowed: Bool = false) -> OutputSettings {
        var settings = OutputSettings(version: "0.1.0", now: Timestamp(nanoseconds: Samples.start))
        settings.isFollowed = isFollowed
        return settings
    }

    private static func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `each output gets every alert, and files appear whole at the end`() throws {
        let folder = try TemporaryFolder()
        let requests = try ["jsonl", "csv", "html", "ocsf", "table"].map {
            try OutputRequest(argument: "\($0)=\(folder.path)/out.\($0)")
        }
        _ = try folder.write(Array("earlier".utf8), "out.csv")
        let sinks = try AlertSinks(requests, settings: Self.settings())
        for alert in Samples.alerts() { try sinks.take(AlertChange(.closed, number: 2, alert: alert)) }
        #expect(Self.text(folder.path + "/out.jsonl") == nil)
        #expect(Self.text(folder.path + "/out.csv") == "earlier")
        try sinks.finish()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
                == ["out.csv", "out.html", "out.jsonl", "out.ocsf", "out.table"])
        let lines = try #require(Self.text(folder.path + "/out.jsonl")).split(separator: "\n")
        #expect(lines.count == Samples.alerts().count)
        #expect(try #require(Self.text(folder.path + "/out.html")).hasSuffix("</html>\n"))
        #expect(try #require(Self.text(folder.path + "/out.csv")).hasPrefix("datetime,timestamp_desc,message,"))
    }

    @Test func `a hunt that does not end leaves nothing behind`() throws {
        let folder = try TemporaryFolder()
        do {
            let sinks = try AlertSinks(
                [OutputRequest(.jsonl, file: folder.path + "/a.jsonl")], settings: Self.settings())
            try sinks.take(AlertChange(.closed, number: 2, alert: Samples.alerts()[0]))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `a followed hunt goes on in its files, behind the last whole line`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Array("{\"a\":1}\n{\"torn".utf8), "a.jsonl")
        let sinks = try AlertSinks([OutputRequest(.jsonl, file: file)], settings: Self.settings(isFollowed: true))
        try sinks.take(AlertChange(.opened, number: 1, alert: Samples.alerts()[0]))
        // Nobody waits for the end: it is there at once.
        let lines = try #require(Self.text(file)).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0] == "{\"a\":1}")
        #expect(lines[1].contains("\"change\":{\"kind\":\"opened\",\"number\":1}"))
    }

    @Test func `the header of a timeline that is gone on with stands once`() throws {
        let folder = try TemporaryFolder()
        for _ in 0..<2 {
            let sinks = try AlertSinks(
                [OutputRequest(.csv, file: folder.path + "/t.csv")], settings: Self.settings(isFollowed: true))
            try sinks.take(AlertChange(.opened, number: 1, alert: Samples.alerts()[0]))
            try sinks.take(AlertChange(.closed, number: 2, alert: Samples.alerts()[0]))
            try sinks.finish()
        }
        let rows = try #require(Self.text(folder.path + "/t.csv")).split(separator: "\r\n")
        #expect(rows.count { $0.hasPrefix("datetime,") } == 1)
        #expect(rows.count == 1 + 2 * Samples.alerts()[0].events.count)
    }

    @Test func `an output that fails is named, and the others are written`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/a.jsonl"
        let sinks = try AlertSinks(
            [OutputRequest(.csv, file: "/dev/full"), OutputRequest(.jsonl, file: file)], settings: Self.settings())
        for alert in Samples.alerts() { try sinks.take(AlertChange(.closed, number: 2, alert: alert)) }
        let error = #expect(throws: OutputError.self) { try sinks.finish() }
        #expect(
            error?.description.hasPrefix("--output csv=/dev/full: cannot write output: ") ?? false, "\(error as Any)")
        #expect(try #require(Self.text(file)).split(separator: "\n").count == Samples.alerts().count)
    }

    @Test func `in a followed hunt a failure is told at once`() throws {
        let sinks = try AlertSinks(
            [OutputRequest(.jsonl, file: "/dev/full"), OutputRequest(.ocsf, file: "/dev/null")],
            settings: Self.settings(isFollowed: true))
        #expect(throws: OutputError.self) {
            try sinks.take(AlertChange(.opened, number: 1, alert: Samples.alerts()[0]))
        }
    }

    @Test func `a file that cannot be made is named with the reason`() throws {
        let error = #expect(throws: OutputError.self) {
            try AlertSinks([OutputRequest(.csv, file: "/no/such/folder/a.csv")], settings: Self.settings())
        }
        #expect(error?.description == "/no/such/folder/a.csv: cannot be written: No such file or directory")
    }

    @Test(
        arguments: [
            (
                ["jsnol"],
                "`jsnol` is no output format (did you mean 'jsonl'?); there are: table, jsonl, ocsf, csv, html"
            ),
            (["csv="], "`csv=` names no file"), (["table", "jsonl"], "both write to standard output"),
            (["table", "jsonl=-"], "both write to standard output"),
            (["csv=a.csv", "jsonl=./x/../a.csv"], "both write to the file ./x/../a.csv"),
            (["table", "csv=a", "html=b"], nil),
            (["jsonl=a=b"], nil),
        ] as [([String], String?)])
    func `outputs that cannot be are refused in words`(arguments: [String], refusal: String?) {
        var said: String?
        do { try OutputRequest.check(arguments.map { try OutputRequest(argument: $0) }) } catch { said = "\(error)" }
        guard let refusal else { return #expect(said == nil) }
        #expect(said?.contains(refusal) ?? false, "\(said ?? "nothing")")
    }
}

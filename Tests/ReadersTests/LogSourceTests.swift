// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// Holds `docs/reference/log-sources.md` to what the readers can produce and the public rules ask for;
/// `VEDETTE_UPDATE_GOLDEN=1` rewrites the page.
@Suite struct LogSourceTests {
    /// What a public rule asks for.
    struct Wanted: Hashable, Comparable, CustomStringConvertible {
        var product: String?
        var category: String?
        var service: String?

        var description: String {
            [("product", product), ("category", category), ("service", service)]
                .compactMap { name, value in value.map { "\(name): \($0)" } }.joined(separator: ", ")
        }

        static func < (a: Self, b: Self) -> Bool { a.description < b.description }
    }

    /// The log sources of SigmaHQ's rules.
    static func wanted() throws -> [Wanted] {
        var found: Set<Wanted> = []
        for path in Corpora.files(under: "sigma", suffix: ".yml") {
            var isInside = false
            var wanted = Wanted()
            for line in try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline) {
                if line.hasPrefix("logsource:") {
                    (isInside, wanted) = (true, Wanted())
                    continue
                }
                guard isInside else { continue }
                if !line.hasPrefix(" ") {
                    isInside = false
                    found.insert(wanted)
                    continue
                }
                let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                guard parts.count == 2 else { continue }
                let value = String(parts[1].prefix { $0 != "#" }).trimmingCharacters(
                    in: CharacterSet(charactersIn: " '\""))
                switch parts[0] {
                case "product": wanted.product = value
                case "category": wanted.category = value
                case "service": wanted.service = value
                default: break
                }
            }
        }
        return found.sorted()
    }

    static func feeders(_ wanted: Wanted) -> [String] {
        KnownLogSources.byFormat().filter { entry in
            entry.sources.contains {
                $0.isCovered(product: wanted.product, category: wanted.category, service: wanted.service)
            }
        }.map(\.format)
    }

    @Test func `every log source a reader makes is on the page`() {
        let listed = Set(KnownLogSources.byFormat().flatMap(\.sources))
        let vocabulary = Vocabulary()
        _ = AuditReader(vocabulary: vocabulary)
        _ = SysmonXMLReader(vocabulary: vocabulary)
        _ = SyslogReader(vocabulary: vocabulary, newest: 0)
        _ = JSONReader(vocabulary: vocabulary, options: JSONReaderOptions())
        for number in 0..<vocabulary.sourceCount {
            let source = vocabulary.source(of: LogSourceID(rawValue: UInt16(number)))
            #expect(listed.contains(source) || source == LogSource(), "\(source)")
        }
    }

    @Test(.enabled(if: Corpora.root != nil, Comment(rawValue: Corpora.absent)))
    func `the page says what the readers produce and what public rules ask for`() throws {
        let page = Self.page(try Self.wanted())
        let path = Checkout.root + "/docs/reference/log-sources.md"
        if ProcessInfo.processInfo.environment["VEDETTE_UPDATE_GOLDEN"] == "1" {
            try Data(page.utf8).write(to: URL(filePath: path))
            return
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == page)
    }

    /// The part that needs no rules is checked wherever the tests run.
    @Test func `the page names each format's log sources`() throws {
        let path = Checkout.root + "/docs/reference/log-sources.md"
        let page = try String(contentsOfFile: path, encoding: .utf8)
        #expect(page.contains(Self.formats()))
    }

    static func formats() -> String {
        var lines = ["| format | product | category | service |", "|---|---|---|---|"]
        for (format, sources) in KnownLogSources.byFormat() {
            // One line for all that differs in the category, or else in the service.
            let groups = Dictionary(grouping: sources) {
                [$0.product ?? "", $0.category == nil ? "" : $0.service ?? "-"]
            }
            for key in groups.keys.sorted(by: { $0.joined(separator: "/") < $1.joined(separator: "/") }) {
                let group = groups[key] ?? []
                let isPlain = group.allSatisfy { $0.category == nil }
                let categories = Set(group.compactMap(\.category)).sorted().joined(separator: ", ")
                let services = Set(group.compactMap(\.service)).sorted().joined(separator: ", ")
                lines.append(
                    "| \(format) | \(key[0].isEmpty ? "–" : key[0]) | \(isPlain ? "–" : categories) | \(services.isEmpty ? "–" : services) |"
                )
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func page(_ wanted: [Wanted]) -> String {
        var fed = ["| log source of the rule | fed by |", "|---|---|"]
        var unfed: [String] = []
        for source in wanted {
            let formats = feeders(source)
            if formats.isEmpty {
                unfed.append("- \(source)")
            } else {
                fed.append("| \(source) | \(formats.joined(separator: "; ")) |")
            }
        }
        return """
            # Log sources

            Which Sigma log sources events are given, which formats feed the log sources that the public SigmaHQ rules ask for,
            and which of those nothing here feeds. A test compares this page with the readers' own tables.

            A rule sees an event when every part of its log source that it names is the event's. What an event is follows from
            the record, never from a file's name; `--log-source product=…,category=…,service=…` names it for JSON and plain text that do
            not say.

            ## What each format gives

            \(formats())
            Notes:

            - *auditd* is read raw or enriched, plain or behind syslog, in journal entries, in shippers' JSON and as AUOMS sends it.
              Each record is an event of service auditd; what the records of an audit event mean together is an event with a
              category and without a service. Auditbeat's events are both: an ECS event, and the records auditd would have written.
            - *Windows and Sysmon events* are read from event logs (EVTX), as event XML (bare, exported, or wrapped) and as JSON
              (dumped from EVTX, flat, Winlogbeat, Azure Monitor), with the same fields and log source in every form. Sysmon for
              Linux is `product: linux`; of its event kinds it sends 1, 3, 4, 5, 9, 11, 16 and 23.
            - *ECS* goes by `event.category`, `event.type` and `event.action`; Winlogbeat's events by channel and event id.
            - A *Falco* alert has a category only when its rule prints `evt.type`.

            A connect that failed is a network connection when its peer was asked (under way, refused, reset or timed out), with
            `success: no`; one the host itself refused is not.

            A path of an audit record stays relative when the call named its directory by descriptor and no record says which
            directory that is. A program the kernel has no path for (`exe="/"`) has no `Image`.

            ## Public rules' log sources and what feeds them

            \(fed.joined(separator: "\n"))

            ## Public rules' log sources that nothing feeds by itself

            Name these with `--log-source`, with fields named as the rules name them:

            \(unfed.joined(separator: "\n"))

            """
    }
}

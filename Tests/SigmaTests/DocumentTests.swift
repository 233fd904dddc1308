// SPDX-License-Identifier: Apache-2.0
import Sigma
import Testing

/// Meta data, log sources and legacy collections.
struct DocumentTests {
    @Test func `all meta data is read`() throws {
        let set = load(
            """
            title: A title
            id: 929A690E-BEF0-4204-A928-EF5E620D6FCC
            name: a_name
            status: experimental
            description: |
                Two
                lines
            license: MIT
            author: [One, Two]
            references:
                - https://example.org
            date: 2026-02-28
            modified: 2024-02-29
            tags: [attack.execution, attack.t1059.006]
            logsource: {category: process_creation, product: linux, service: auditd, definition: Turn it on, custom: {a: [1, ~]}}
            detection: {sel: {Image: x}, condition: sel}
            fields: [Image, User]
            falsepositives: Administrators
            level: HIGH
            taxonomy: sigma
            related: [{id: 1, type: similar}]
            scope: [server]
            x-own: {deep: "quote \\" and\\ttab"}
            """)
        let metadata = try #require(set.rules.first?.metadata)
        #expect(set.diagnostics.isEmpty, "\(set.diagnostics)")
        #expect(metadata.title == "A title" && metadata.name == "a_name" && metadata.status == "experimental")
        #expect(metadata.id == "929A690E-BEF0-4204-A928-EF5E620D6FCC" && metadata.identifier == metadata.id)
        #expect(metadata.description == "Two\nlines\n" && metadata.license == "MIT" && metadata.author == "One, Two")
        #expect(metadata.date == "2026-02-28" && metadata.modified == "2024-02-29")
        #expect(
            metadata.tags == ["attack.execution", "attack.t1059.006"] && metadata.references == ["https://example.org"])
        #expect(metadata.fields == ["Image", "User"] && metadata.falsePositives == ["Administrators"])
        #expect(metadata.level == .high)
        #expect(
            metadata.custom == [
                "taxonomy": "sigma", "related": #"[{"id":1,"type":"similar"}]"#, "scope": #"["server"]"#,
                "x-own": #"{"deep":"quote \" and\ttab"}"#,
            ])
        let source = try #require(set.rules.first?.logsource)
        #expect(source.category == "process_creation" && source.product == "linux" && source.service == "auditd")
        #expect(source.definition == "Turn it on" && source.custom == ["custom": #"{"a":[1,null]}"#])
    }

    @Test(arguments: [
        ("title: T", "missing-title"), ("id: 1", "bad-id"), ("id: 929a690e-bef0-4204-a928-ef5e620d6fcz", "bad-id"),
        ("date: 2026/01/31", "bad-date"), ("modified: 2026-02-29", "bad-date"), ("date: yesterday", "bad-date"),
        ("status: done", "unknown-status"), ("level: urgent", "unknown-level"), ("tags: {a: 1}", "wrong-type"),
        ("author: {a: 1}", "wrong-type"), ("references: [[a]]", "wrong-type"),
    ])
    func `slips in meta data are warnings`(line: String, code: String) {
        let title = code == "missing-title" ? "" : "title: T\n"
        let extra = code == "missing-title" ? "" : line + "\n"
        let set = load(title + extra + "logsource: {product: x}\ndetection: {s: {f: 1}, condition: s}\n")
        #expect(warnings(set) == [code])
        #expect(set.rules.count == 1)
        #expect(set.rules.first?.metadata.title.isEmpty == false)
    }

    @Test(arguments: [
        ("title: T\ndetection: {s: {f: 1}, condition: s}", "missing-logsource"),
        ("title: T\nlogsource: {}\ndetection: {s: {f: 1}, condition: s}", "missing-logsource"),
        ("title: T\nlogsource: {definition: x}\ndetection: {s: {f: 1}, condition: s}", "missing-logsource"),
        ("title: T\nlogsource: linux\ndetection: {s: {f: 1}, condition: s}", "wrong-type"),
        ("title: T\nlogsource: {product: [a]}\ndetection: {s: {f: 1}, condition: s}", "wrong-type"),
        ("title: T\nlogsource: {product: x}\ndetection: [a]", "missing-detection"),
        ("title: T\nlogsource: {product: x}\ndetection: {s: {f: 1}, condition: s}\ncorrelation: {}", "wrong-type"),
        ("action: delete\ntitle: T", "unknown-action"), ("action: repeat\ntitle: T", "unknown-action"),
    ])
    func `documents without what they need are refused`(text: String, code: String) {
        let set = load(text)
        #expect(errors(set) == [code])
        #expect(set.refused == 1)
    }

    @Test func `legacy collections are expanded`() {
        let set = load(
            """
            action: global
            title: Collected
            logsource: {product: windows}
            detection: {condition: sel}
            ---
            logsource: {service: security}
            detection: {sel: {EventID: 1}}
            ---
            action: repeat
            logsource: {service: system}
            ---
            action: reset
            ---
            title: Alone
            logsource: {product: linux}
            detection: {sel: {f: 1}, condition: sel}
            """)
        #expect(set.diagnostics.isEmpty, "\(set.diagnostics)")
        #expect(set.rules.map(\.metadata.title) == ["Collected", "Collected", "Alone"])
        #expect(set.rules.map(\.logsource.product) == ["windows", "windows", "linux"])
        #expect(set.rules.map(\.logsource.service) == ["security", "system", nil])
        #expect(set.rules.map(\.metadata.location.line) == [6, 9, 14])
    }

    @Test func `every kind of finding has its page`() {
        let pages = Set(SigmaDiagnosticCatalogue.all.map(\.code))
        #expect(pages == Set(SigmaDiagnosticCode.allCases.map(\.rawValue)))
        #expect(SigmaDiagnosticCatalogue.all.count == pages.count)
        #expect(SigmaDiagnosticCatalogue.all.allSatisfy { $0.explanation.count > 20 && $0.mend.count > 5 })
        #expect(SigmaDiagnosticCatalogue.entry(for: "unknown-modifier")?.severity == .error)
        #expect(SigmaDiagnosticCatalogue.entry(for: "nothing") == nil)
        #expect(
            SigmaDiagnosticCode.allCases.allSatisfy {
                $0.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }
            })
    }
}

// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Title and sections: are they there, and do they say anything.
enum SectionChecks {
    static func check(_ subject: LintSubject, _ findings: inout Findings) {
        let document = subject.document
        let top = SourceLocation(file: document.path, line: 1)
        if document.title.isEmpty {
            findings.add(.titleMissing, "the document has no title; start it with '# What is detected'", at: top)
        } else if isGeneric(document.title) {
            findings.add(
                .titleGeneric, "the title '\(document.title.excerpt())' does not say what is detected", at: top)
        }
        for kind in SectionKind.allCases {
            let sections = document.sections(kind)
            guard !sections.isEmpty else {
                if kind != .additionalResources {
                    findings.add(.sectionMissing, "there is no section '\(kind.rawValue)'", at: top)
                } else {
                    findings.add(.resourcesWithoutLink, "there is no section 'Additional Resources'", at: top)
                }
                continue
            }
            if sections.allSatisfy(isEmpty) {
                findings.add(.sectionEmpty, "the section '\(kind.rawValue)' is empty", at: sections[0].location)
            } else if kind == .additionalResources, sections.allSatisfy({ !hasLink($0, document.bytes) }) {
                findings.add(
                    .resourcesWithoutLink, "the section leads nowhere: it holds no link", at: sections[0].location)
            }
        }
    }

    /// Whether nothing of a title is left when the words of its genre are taken away.
    private static func isGeneric(_ title: String) -> Bool {
        let genre: Set<String> = [
            "alerting", "and", "detection", "strategy", "ads", "report", "alert", "document", "the", "a", "template",
            "title", "framework", "untitled",
        ]
        return title.lowercased().split { !$0.isLetter && !$0.isNumber }.allSatisfy { genre.contains(String($0)) }
    }

    private static func isEmpty(_ section: Section) -> Bool {
        let words = SectionKind.normalized(section.prose)
        return section.code.isEmpty && ["", "tbd", "todo", "n/a", "na", "none", "tba", "to be defined"].contains(words)
    }

    private static func hasLink(_ section: Section, _ bytes: [UInt8]) -> Bool {
        section.passages.contains { !$0.links.isEmpty }
            || String(decoding: bytes[section.body], as: UTF8.self).contains("://")
    }
}

// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies

/// Writes findings for people and for machines.
public struct LintReport: Sendable {
    /// What a kind of finding means.
    public struct Page: Sendable {
        /// What it means.
        public var explanation: String
        /// What to do about it.
        public var mend: String
    }

    /// The findings in their order.
    public var findings: [Diagnostic]
    /// The version of the program, for SARIF.
    public var version: String

    /// Makes a report.
    public init(findings: [Diagnostic], version: String) {
        self.findings = findings
        self.version = version
    }

    /// The page of a kind of finding, about strategies or about Sigma rules.
    public static func page(of code: String) -> Page? {
        if let entry = StrategyFindingCatalogue.entry(for: code) {
            return Page(explanation: entry.explanation, mend: entry.mend)
        }
        return SigmaDiagnosticCatalogue.entry(for: code).map { Page(explanation: $0.explanation, mend: $0.mend) }
    }

    /// One line a finding.
    public var text: String {
        findings.map { "\($0.location): \($0.severity.rawValue): \($0.message) [\($0.code)]\n" }.joined()
    }

    /// An object with the list `findings`, pretty-printed.
    public var json: String { get throws { try encode(JSONBody(findings: findings.map(JSONFinding.init))) } }

    /// A log of the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0).
    public var sarif: String { get throws { try encode(SARIFLog(findings: findings, version: version)) } }

    private func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    }

    private struct JSONBody: Encodable {
        var findings: [JSONFinding]
    }

    private struct JSONFinding: Encodable {
        var file: String
        var line: Int?
        var column: Int?
        var severity: String
        var rule: String
        var message: String
        var explanation: String?
        var mend: String?

        init(_ finding: Diagnostic) {
            file = finding.location.file
            line = finding.location.line > 0 ? finding.location.line : nil
            column = finding.location.column > 0 ? finding.location.column : nil
            severity = finding.severity.rawValue
            rule = finding.code
            message = finding.message
            let page = LintReport.page(of: finding.code)
            explanation = page?.explanation
            mend = page?.mend
        }
    }
}

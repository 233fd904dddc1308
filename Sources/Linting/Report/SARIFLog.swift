// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sigma
import Strategies

/// A SARIF 2.1.0 log of one run (OASIS standard, sections 3.13 sarifLog, 3.14 run, 3.27 result).
struct SARIFLog: Encodable {
    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    init(findings: [Diagnostic], version: String) {
        let codes = Set(findings.map(\.code)).sorted()
        let index = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($0.element, $0.offset) })
        let driver = Driver(version: version, rules: codes.map(RuleDescriptor.init))
        runs = [Run(tool: Tool(driver: driver), results: findings.map { Result($0, index[$0.code] ?? 0) })]
    }

    struct Run: Encodable {
        var tool: Tool
        var columnKind = "unicodeCodePoints"
        var results: [Result]
    }

    struct Tool: Encodable {
        var driver: Driver
    }

    struct Driver: Encodable {
        var name = "vedette"
        var version: String
        var rules: [RuleDescriptor]
    }

    struct Text: Encodable {
        var text: String
    }

    struct RuleDescriptor: Encodable {
        var id: String
        var fullDescription: Text?
        var help: Text?

        init(_ code: String) {
            id = code
            let page = LintReport.page(of: code)
            fullDescription = page.map { Text(text: $0.explanation) }
            help = page.map { Text(text: $0.mend) }
        }
    }

    struct Result: Encodable {
        var ruleId: String
        var ruleIndex: Int
        var level: String
        var message: Text
        var locations: [Location]

        init(_ finding: Diagnostic, _ index: Int) {
            ruleId = finding.code
            ruleIndex = index
            level = finding.severity.rawValue
            message = Text(text: finding.message)
            locations = [Location(finding.location)]
        }
    }

    struct Location: Encodable {
        var physicalLocation: PhysicalLocation

        init(_ location: SourceLocation) {
            let allowed = CharacterSet.urlPathAllowed
            let uri = location.file.addingPercentEncoding(withAllowedCharacters: allowed) ?? location.file
            let region =
                location.line > 0
                ? Region(startLine: location.line, startColumn: location.column > 0 ? location.column : nil) : nil
            physicalLocation = PhysicalLocation(artifactLocation: Artifact(uri: uri), region: region)
        }
    }

    struct PhysicalLocation: Encodable {
        var artifactLocation: Artifact
        var region: Region?
    }

    struct Artifact: Encodable {
        var uri: String
    }

    struct Region: Encodable {
        var startLine: Int
        var startColumn: Int?
    }
}

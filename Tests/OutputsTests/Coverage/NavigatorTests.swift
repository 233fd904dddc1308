// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation
import Outputs
import Proving
import Testing

/// Holds the layer against the property tables of attack-navigator's `layers/LAYERFORMATv4_5.md`.
@Suite struct NavigatorTests {
    private let layer = Coverage(CoverageSamples.two, date: CoverageSamples.date).navigatorLayer()

    /// What of each object is required, and the kinds of all properties the format names.
    private enum Kind { case text, number, flag, list, object }

    private static let layerProperties: [String: Kind] = [
        "versions": .object, "name": .text, "description": .text, "domain": .text, "filters": .object,
        "sorting": .number, "layout": .object, "hideDisabled": .flag, "techniques": .list, "gradient": .object,
        "legendItems": .list, "showTacticRowBackground": .flag, "tacticRowBackground": .text,
        "selectTechniquesAcrossTactics": .flag, "selectSubtechniquesWithParent": .flag,
        "selectVisibleTechniques": .flag, "metadata": .list, "links": .list,
    ]
    private static let techniqueProperties: [String: Kind] = [
        "techniqueID": .text, "tactic": .text, "comment": .text, "enabled": .flag, "score": .number, "color": .text,
        "metadata": .list, "links": .list, "showSubtechniques": .flag,
    ]
    private static let layoutProperties: [String: Kind] = [
        "layout": .text, "showID": .flag, "showName": .flag, "showAggregateScores": .flag, "countUnscored": .flag,
        "aggregateFunction": .text, "expandedSubtechniques": .text,
    ]

    private func check(_ object: JSONValue?, _ properties: [String: Kind], required: [String]) throws {
        guard case .object(let members) = object else {
            Issue.record("no object")
            return
        }
        for name in required { #expect(object?[name] != nil, "\(name) is required") }
        for member in members {
            let kind = try #require(properties[member.key], "\(member.key) is no property of the format")
            switch (kind, member.value) {
            case (.text, .string), (.number, .integer), (.number, .number), (.flag, .boolean), (.list, .array),
                (.object, .object):
                break
            default: Issue.record("\(member.key) is of another kind")
            }
        }
    }

    private func list(_ value: JSONValue?) throws -> [JSONValue] {
        guard case .array(let list) = value else { throw Missing() }
        return list
    }

    private struct Missing: Error {}

    @Test func `the layer has what the format requires and nothing it does not know`() throws {
        try check(layer, Self.layerProperties, required: ["name", "domain"])
        try check(layer["layout"], Self.layoutProperties, required: [])
        #expect(layer["domain"] == "enterprise-attack")
        #expect(layer["versions"] == ["layer": "4.5", "attack": "18", "navigator": "5.1.0"])
        for technique in try list(layer["techniques"]) {
            try check(technique, Self.techniqueProperties, required: ["techniqueID"])
            for item in try list(technique["metadata"]) {
                try check(item, ["name": .text, "value": .text], required: ["name", "value"])
            }
            for item in try list(technique["links"]) {
                try check(item, ["label": .text, "url": .text], required: ["label", "url"])
                #expect(item["url"]?.scalarText?.hasPrefix("https://") == true)
            }
        }
    }

    @Test func `the gradient runs from no proof to the highest`() throws {
        try check(
            layer["gradient"], ["colors": .list, "minValue": .number, "maxValue": .number],
            required: ["colors", "minValue", "maxValue"])
        #expect(layer["gradient"]?["minValue"] == 0)
        #expect(layer["gradient"]?["maxValue"] == 5)
        #expect(try list(layer["gradient"]?["colors"]).count == 6)
        for item in try list(layer["legendItems"]) {
            try check(item, ["label": .text, "color": .text], required: ["label", "color"])
        }
    }

    @Test(arguments: [("T1059.006", 2), ("T1059.004", 2), ("T1059.001", 1), ("T1546.018", 0)])
    func `the score is the proof level, a revoked id stands at its successor`(id: String, score: Int64) throws {
        var layer = layer
        if id == "T1059.001" {
            var weak = CoverageSamples.two
            weak[1].rules = [CoverageSamples.rule("three", ["attack.t1086"], level: .lint)]
            layer = Coverage(weak, date: CoverageSamples.date).navigatorLayer()
        }
        let technique = try #require(list(layer["techniques"]).first { $0["techniqueID"] == .string(id) })
        #expect(technique["score"] == .integer(score))
    }

    @Test func `the comment names rules, claims and the date`() throws {
        let techniques = try list(layer["techniques"])
        func comment(_ id: String) -> String {
            techniques.first { $0["techniqueID"] == .string(id) }?["comment"]?.scalarText ?? ""
        }
        #expect(comment("T1059.006").contains("Proof level 2"))
        #expect(comment("T1059.006").contains("2026-03-04"))
        #expect(comment("T1059.006").contains("python: Rule two"))
        #expect(comment("T1546.018").contains("python claims this technique and has no rule for it"))
    }

    @Test func `a technique that ATT&CK does not have is told, since Navigator would drop it unsaid`() throws {
        #expect(try !list(layer["techniques"]).contains { $0["techniqueID"] == "T9999" })
        #expect(layer["description"]?.scalarText?.contains("Not in ATT&CK 18.1: T9999") == true)
    }

    @Test func `the layer is JSON`() throws {
        let object = try JSONSerialization.jsonObject(with: Data(layer.text.utf8)) as? [String: Any]
        #expect((object?["techniques"] as? [Any])?.count == 4)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Attack
import Proving

extension Coverage {
    /// A layer for ATT&CK Navigator, format 4.5 (attack-navigator, `layers/LAYERFORMATv4_5.md`).
    ///
    /// The score of a technique is the best proof level of its rules. A technique that is only claimed scores 0, one that
    /// this version of ATT&CK does not have stands in the layer's description, since Navigator drops it unsaid. A revoked
    /// id is shown at its successor.
    public func navigatorLayer(name: String = "Vedette: detection by proof level") -> JSONValue {
        [
            "name": .string(name),
            "versions": ["layer": "4.5", "attack": .string(majorVersion), "navigator": "5.1.0"],
            "domain": "enterprise-attack",
            "description": .string(layerDescription),
            "sorting": 3,
            "layout": [
                "layout": "side", "showID": .boolean(true), "showName": .boolean(true),
                "showAggregateScores": .boolean(false), "countUnscored": .boolean(false), "aggregateFunction": "max",
                "expandedSubtechniques": "annotated",
            ],
            "hideDisabled": .boolean(false),
            "techniques": .array(layerTechniques),
            "gradient": ["colors": .strings(Self.colors), "minValue": 0, "maxValue": 5],
            "legendItems": .array(
                zip(ProofState.Level.allCases, Self.colors).map { level, color in
                    ["label": .string("\(level.rawValue) \(level.summary)"), "color": .string(color)]
                }),
            "metadata": [
                Self.pair("computed", date), Self.pair("ATT&CK", attackVersion),
                Self.pair("strategies", strategies.map(\.id).joined(separator: ", ")),
            ].asArray,
            "links": .array([]),
            "showTacticRowBackground": .boolean(false),
            "selectTechniquesAcrossTactics": .boolean(true),
            "selectSubtechniquesWithParent": .boolean(false),
            "selectVisibleTechniques": .boolean(false),
        ]
    }

    /// One colour a level, from grey over blue to green; told apart in grey scale and by people who see no red.
    private static let colors = ["#e6e6e6", "#c6dbef", "#6baed6", "#41ab8d", "#238b45", "#00441b"]

    private var majorVersion: String { String(attackVersion.prefix { $0 != "." }) }

    private var layerDescription: String {
        let unknown = techniques.filter { $0.attack == nil }.map(\.id)
        return "Score is the proof level, 0 to 5, of the best rule for a technique, as found on \(date.prefix(10)). "
            + "0 is claimed without a rule, or proved in nothing beyond prose."
            + (unknown.isEmpty ? "" : " Not in ATT&CK \(attackVersion): \(unknown.joined(separator: ", ")).")
    }

    private var layerTechniques: [JSONValue] {
        var merged: [(id: String, parts: [Technique])] = []
        for technique in techniques {
            guard technique.attack != nil else { continue }
            let id = AttackRelease.pinned.currentTechnique(technique.id)?.id ?? technique.id
            if let index = merged.firstIndex(where: { $0.id == id }) {
                merged[index].parts.append(technique)
            } else {
                merged.append((id, [technique]))
            }
        }
        return merged.sorted { $0.id < $1.id }.map(Self.layerTechnique)
    }

    private static func layerTechnique(_ id: String, _ parts: [Technique]) -> JSONValue {
        let proof = parts.compactMap(\.proof).max { ($0.level, $0.date) < ($1.level, $1.date) }
        let rows = parts.flatMap(\.rows)
        let claims = parts.flatMap(\.unmetClaims)
        var comment: [String] = []
        if let proof { comment.append("Proof level \(proof.level.rawValue) (\(proof.level.summary)), \(proof.day).") }
        comment += rows.map { "\($0.strategy): \($0.title)" }
        comment += claims.map { "\($0) claims this technique and has no rule for it." }
        var metadata = [pair("rules", String(rows.count))]
        if let proof { metadata += [pair("proof level", String(proof.level.rawValue)), pair("proved", proof.date)] }
        metadata += rows.map { pair($0.strategy, $0.rule) }
        return [
            "techniqueID": .string(id),
            "score": .integer(Int64(proof?.level.rawValue ?? 0)),
            "comment": .string(comment.joined(separator: "\n")),
            "enabled": .boolean(true),
            "metadata": .array(metadata),
            "links": [
                ["label": .string("\(id) at MITRE"), "url": .string(address(id))]
            ].asArray,
        ]
    }

    private static func address(_ id: String) -> String {
        AttackRelease.pinned.technique(id)?.url ?? "https://attack.mitre.org/techniques/"
    }

    private static func pair(_ name: String, _ value: String) -> JSONValue {
        ["name": .string(name), "value": .string(value)]
    }
}

extension [JSONValue] {
    fileprivate var asArray: JSONValue { .array(self) }
}

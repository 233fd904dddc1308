// SPDX-License-Identifier: Apache-2.0
import Bytes
import Sigma

/// What the strategy does: suppressions, priority, validation, playbook.
extension BlockReader {
    static func suppression(_ map: inout BlockMap) -> Suppression? {
        let id = map.required("id")
        let characteristic = map.required("characteristic")
        let rules = map.texts("rules")
        let match = map.detection("match")
        let owner = map.text("owner")
        let expiryGiven = map.node("expires") != nil
        let expires = map.date("expires")
        let reason = map.text("reason")
        // A suppression silences: one that is not wholly understood must not.
        guard let id, let characteristic, let match, !(expiryGiven && expires == nil) else { return nil }
        return Suppression(
            Suppression.Agreement(id: id, owner: owner, reason: reason, expires: expires),
            characteristic: characteristic, rules: rules, match: match, location: map.location)
    }

    static func priority(_ map: inout BlockMap) -> PriorityBlock? {
        var defaultLevel: Level?
        if let text = map.text("default"), text != "rule" {
            defaultLevel = level(text, "'default'", &map)
        }
        let criteria = map.maps("criteria", "a criterion") { map -> PriorityBlock.Criterion? in
            let text = map.required("level")
            let because = map.required("because")
            let rules = map.texts("rules")
            let match = map.detection("match")
            guard let text, let because, let match, let level = level(text, "'level'", &map) else { return nil }
            return PriorityBlock.Criterion(
                level: level, because: because, rules: rules, match: match, location: map.location)
        }
        return PriorityBlock(defaultLevel: defaultLevel, criteria: criteria, location: map.location)
    }

    private static func level(_ text: String, _ key: String, _ map: inout BlockMap) -> Level? {
        if let level = Level(rawValue: text.lowercased()) { return level }
        let levels = Level.allCases.map(\.rawValue).joined(separator: ", ")
        let message = "\(key) is '\(text)', which is no level; there are \(levels)"
        map.diagnostics.append(StrategyFindingCode.blockBadValue.diagnostic(message, at: map.location))
        return nil
    }

    static func validation(_ map: inout BlockMap) -> ValidationStep? {
        let id = map.required("id")
        let what = map.required("what")
        let caseName = map.text("case")
        let emulation = map.text("emulation")
        let expect = map.texts("expect") ?? []
        var kind = CaseKind.attack
        if let text = map.text("kind") {
            if let known = CaseKind(rawValue: text) {
                kind = known
            } else {
                map.diagnostics.append(
                    StrategyFindingCode.blockBadValue.diagnostic(
                        "'\(text)' is no kind of step\(NearestName.hint(for: text, among: CaseKind.allCases.map(\.rawValue))); there are attack, benign, miss",
                        at: map.location))
            }
        }
        guard let id, let what else { return nil }
        return ValidationStep(
            id: id, what: what, caseName: caseName, emulation: emulation, expect: expect, kind: kind,
            location: map.location)
    }

    static func playbook(_ map: inout BlockMap) -> PlaybookStep? {
        let id = map.required("id")
        let action = map.required("do")
        let command = map.text("command")
        let decisions = map.maps("decide", "a decision") { map -> PlaybookStep.Decision? in
            let condition = map.required("if")
            let next = map.required("then")
            guard let condition, let next else { return nil }
            return PlaybookStep.Decision(condition: condition, next: next)
        }
        guard let id, let action else { return nil }
        return PlaybookStep(id: id, action: action, command: command, decisions: decisions, location: map.location)
    }
}

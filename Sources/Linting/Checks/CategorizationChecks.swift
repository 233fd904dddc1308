// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Techniques, tactics and platforms against ATT&CK.
struct CategorizationChecks {
    let attack: (any AttackKnowledge)?

    func check(_ subject: LintSubject, _ findings: inout Findings) {
        let document = subject.document
        let place = document.blocks.categorization?.location ?? document.place(of: .categorization)
        let claims = CategorizationClaims(document)
        guard !claims.techniques.isEmpty else {
            findings.add(.techniqueMissing, "no technique of ATT&CK is named", at: place)
            return
        }
        guard let attack else {
            return findings.add(.checkSkipped, "techniques were not checked: the ATT&CK data is not here", at: place)
        }
        if let version = document.blocks.categorization?.attack, version != attack.version {
            findings.add(
                .attackVersion, "the ids belong to ATT&CK \(version); they were checked against \(attack.version)",
                at: place)
        }
        var tactics: Set<String> = []
        var platforms: Set<String> = []
        var isWhole = true
        for (id, location) in claims.techniques {
            guard let technique = attack.technique(id) else {
                findings.add(.techniqueUnknown, "ATT&CK \(attack.version) has no technique \(id)", at: location)
                isWhole = false
                continue
            }
            if technique.isRevoked {
                let next = technique.replacedBy.map { "; use \($0)" } ?? ""
                findings.add(
                    .techniqueRevoked, "\(id) (\(technique.name)) is revoked in ATT&CK \(attack.version)\(next)",
                    at: location)
                isWhole = false
            }
            tactics.formUnion(technique.tactics.map(CategorizationClaims.tacticName))
            platforms.formUnion(technique.platforms.map { $0.lowercased() })
        }
        guard isWhole else { return }
        for (tactic, location) in claims.tactics where !tactics.contains(tactic) {
            findings.add(
                .tacticContradicts,
                "no technique named here belongs to the tactic '\(tactic)'; they belong to "
                    + tactics.sorted().joined(separator: ", "), at: location)
        }
        for (platform, location) in claims.platforms {
            let names = CategorizationClaims.attackNames(of: platform)
            guard names.isDisjoint(with: platforms) else { continue }
            findings.add(
                .platformContradicts, "ATT&CK \(attack.version) knows none of these techniques on '\(platform)'",
                at: location)
        }
        checkAnalytics(document, attack, claims, at: place, &findings)
    }

    private func checkAnalytics(
        _ document: StrategyDocument, _ attack: any AttackKnowledge, _ claims: CategorizationClaims,
        at place: SourceLocation, _ findings: inout Findings
    ) {
        let bindings = document.blocks.categorization?.analytics ?? []
        let platforms = claims.platforms.reduce(into: Set<String>()) {
            $0.formUnion(CategorizationClaims.attackNames(of: $1.name))
        }
        var known: [String: Set<String>] = [:]
        for (id, _) in claims.techniques {
            for analytic in attack.analytics(of: id) {
                known[analytic.id] = Set(analytic.mutableElements)
                let mine = Set(analytic.platforms.map { $0.lowercased() })
                guard platforms.isEmpty || !mine.isDisjoint(with: platforms) else { continue }
                let bound = Set(bindings.filter { $0.analytic == analytic.id }.map(\.element))
                for element in analytic.mutableElements where !bound.contains(element) {
                    findings.add(
                        .mutableElementUnbound,
                        "\(analytic.id) of \(id) leaves '\(element)' to the environment, and nothing binds it",
                        at: place)
                }
            }
        }
        for binding in bindings {
            if let elements = known[binding.analytic] {
                if elements.contains(binding.element) { continue }
                findings.add(
                    .blockBadValue, "the analytic \(binding.analytic) has no element '\(binding.element)'",
                    at: binding.location)
            } else {
                findings.add(
                    .blockBadValue, "\(binding.analytic) is no analytic of the techniques named here",
                    at: binding.location)
            }
        }
    }
}

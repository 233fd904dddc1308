// SPDX-License-Identifier: Apache-2.0
import Sigma

extension RuleNames {
    /// Puts identifiers in the place of the names in a document's blocks.
    ///
    /// A name that several rules have is left out, with a finding: nothing may be silenced by chance. An unknown one
    /// stays, with a finding, and concerns no rule.
    func resolve(in blocks: inout StrategyBlocks, _ findings: inout [Diagnostic]) {
        for index in blocks.blindSpots.indices {
            let spot = blocks.blindSpots[index]
            blocks.blindSpots[index].rules = resolved(
                spot.rules, "the blind spot '\(spot.id)'", spot.location, &findings)
        }
        for index in blocks.suppressions.indices {
            let one = blocks.suppressions[index]
            blocks.suppressions[index].rules = resolved(
                one.rules, "the suppression '\(one.id)'", one.location, &findings)
        }
        for index in (blocks.priority?.criteria ?? []).indices {
            guard let one = blocks.priority?.criteria[index] else { continue }
            blocks.priority?.criteria[index].rules = resolved(one.rules, "a criterion", one.location, &findings)
        }
        for index in blocks.validation.indices {
            let step = blocks.validation[index]
            blocks.validation[index].expect = resolved(step.expect, "the step '\(step.id)'", step.location, &findings)
        }
    }

    /// Puts identifiers in the place of the names in cases; what cannot be is a finding, and stays as it is written.
    func resolve(in cases: inout [TelemetryCase], _ findings: inout [Diagnostic]) {
        for index in cases.indices {
            let one = cases[index]
            for place in one.fires.indices {
                let name = one.fires[place].rule
                let found = resolved([name], "the case '\(one.name)'", one.location, &findings)
                cases[index].fires[place].rule = found.first ?? name
            }
        }
    }

    private func resolved(
        _ names: [String]?, _ what: String, _ location: SourceLocation, _ findings: inout [Diagnostic]
    ) -> [String]? {
        names.map { resolved($0, what, location, &findings) }
    }

    private func resolved(
        _ names: [String], _ what: String, _ location: SourceLocation, _ findings: inout [Diagnostic]
    ) -> [String] {
        var identifiers: [String] = []
        for name in names {
            switch meaning(of: name) {
            case .rule(let identifier): identifiers.append(identifier)
            case .several(let found):
                findings.append(
                    StrategyFindingCode.ruleAmbiguous.diagnostic(
                        "\(what) names the rule '\(name)', which several rules are called: name one of "
                            + found.joined(separator: ", "), at: location))
            case .unknown(let nearest):
                identifiers.append(name)
                let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
                findings.append(
                    StrategyFindingCode.ruleUnknown.diagnostic(
                        "\(what) names the rule '\(name)', which the strategy does not have\(hint)", at: location))
            }
        }
        return identifiers
    }
}

// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Do the rules, cases and emulations that are referred to exist, and is each rule tested.
enum ReferenceChecks {
    static func check(_ subject: LintSubject, _ findings: inout Findings) {
        guard subject.folder != nil else { return }
        let blocks = subject.document.blocks
        let rules = subject.ruleIDs
        func checkRules(_ ids: [String]?, _ what: String, _ location: SourceLocation) {
            for id in ids ?? [] where !rules.contains(id) {
                findings.add(
                    .ruleUnknown, "\(what) names the rule '\(id)', which the strategy does not have", at: location)
            }
        }
        for spot in blocks.blindSpots { checkRules(spot.rules, "the blind spot '\(spot.id)'", spot.location) }
        for one in blocks.suppressions { checkRules(one.rules, "the suppression '\(one.id)'", one.location) }
        for one in blocks.priority?.criteria ?? [] { checkRules(one.rules, "a criterion", one.location) }
        for step in blocks.validation {
            checkRules(step.expect, "the step '\(step.id)'", step.location)
            checkStep(step, subject, &findings)
        }
        for one in subject.cases ?? [] { checkRules(one.fires.map(\.rule), "the case '\(one.name)'", one.location) }
        checkCoverage(subject, &findings)
    }

    private static func checkStep(_ step: ValidationStep, _ subject: LintSubject, _ findings: inout Findings) {
        if step.caseName == nil, step.emulation == nil {
            findings.add(.stepUnbound, "the step '\(step.id)' names neither case nor emulation", at: step.location)
        }
        if let name = step.caseName {
            if let found = subject.cases?.first(where: { $0.name == name }) {
                if found.kind != step.kind {
                    findings.add(
                        .caseKind,
                        "the step '\(step.id)' is of kind \(step.kind.rawValue), its case '\(name)' of kind "
                            + found.kind.rawValue, at: step.location)
                }
            } else {
                findings.add(
                    .caseUnknown, "the step '\(step.id)' names the case '\(name)', which does not exist",
                    at: step.location)
            }
        }
        if let reference = step.emulation, !subject.emulations.contains(where: { $0.isNamed(by: reference) }) {
            findings.add(
                .emulationUnknown, "the step '\(step.id)' names the emulation '\(reference)', which does not exist",
                at: step.location)
        }
    }

    private static func checkCoverage(_ subject: LintSubject, _ findings: inout Findings) {
        var fired: Set<String> = []
        var quiet: [TelemetryCase] = []
        for one in subject.cases ?? [] {
            fired.formUnion(one.fires.map(\.rule))
            if one.kind != .attack { quiet.append(one) }
        }
        let silent = subject.rules.silentRules
        let rules = subject.rules.rules.enumerated().filter { !silent.contains($0.offset) }.map(\.element.metadata)
        let correlations = subject.rules.correlations.filter { !$0.isSilent }.map(\.correlation.metadata)
        for rule in rules + correlations {
            let names = [rule.id, rule.name, rule.title].compactMap(\.self)
            if !names.contains(where: fired.contains) {
                findings.add(.ruleUntested, "no recorded case fires the rule '\(rule.title)'", at: rule.location)
            } else if quiet.isEmpty {
                findings.add(
                    .ruleUntested, "no benign or missed case shows the rule '\(rule.title)' silent", at: rule.location)
            }
        }
    }
}

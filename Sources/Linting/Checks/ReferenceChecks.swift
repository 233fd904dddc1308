// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Do the cases and emulations that are referred to exist, and is each rule tested.
enum ReferenceChecks {
    static func check(_ subject: LintSubject, _ findings: inout Findings) {
        guard subject.isStrategy else { return }
        let blocks = subject.document.blocks
        for step in blocks.validation { checkStep(step, subject, &findings) }
        checkCoverage(subject, &findings)
    }

    private static func checkStep(_ step: ValidationStep, _ subject: LintSubject, _ findings: inout Findings) {
        if step.caseName == nil, step.emulation == nil {
            findings.add(.stepUnbound, "the step '\(step.id)' names neither case nor emulation", at: step.location)
        }
        if let name = step.caseName {
            if let found = subject.cases.first(where: { $0.name == name }) {
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
        for one in subject.cases {
            fired.formUnion(one.fires.map(\.rule))
            if one.kind != .attack { quiet.append(one) }
        }
        for rule in subject.rules.alerting {
            if !fired.contains(rule.identifier) {
                findings.add(.ruleUntested, "no recorded case fires the rule '\(rule.title)'", at: rule.location)
            } else if quiet.isEmpty {
                findings.add(
                    .ruleUntested, "no benign or missed case shows the rule '\(rule.title)' silent", at: rule.location)
            }
        }
    }
}

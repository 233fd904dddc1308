// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Are blind spots shown and assumptions checked.
enum BlindSpotChecks {
    static func check(_ subject: LintSubject, _ findings: inout Findings) {
        let document = subject.document
        for spot in document.blocks.blindSpots {
            guard let name = spot.caseName else {
                findings.add(
                    .blindSpotUnproven, "no recorded miss shows the blind spot '\(spot.id)'", at: spot.location)
                continue
            }
            checkMiss(name, spot, subject, &findings)
        }
        for assumption in document.blocks.assumptions where assumption.probe == nil {
            findings.add(
                .assumptionUnprobed, "nothing checks the assumption '\(assumption.id)'", at: assumption.location)
        }
        checkProse(document, &findings)
    }

    private static func checkMiss(
        _ name: String, _ spot: BlindSpot, _ subject: LintSubject, _ findings: inout Findings
    ) {
        guard subject.folder != nil else { return }
        guard let found = subject.cases?.first(where: { $0.name == name }) else {
            return findings.add(
                .caseUnknown, "the blind spot '\(spot.id)' names the case '\(name)', which does not exist",
                at: spot.location)
        }
        if found.kind != .miss {
            findings.add(
                .caseKind,
                "the blind spot '\(spot.id)' names the case '\(name)', which is no miss but of kind "
                    + found.kind.rawValue, at: spot.location)
        }
    }

    /// Without blocks every item of the prose is a claim that nothing backs.
    private static func checkProse(_ document: StrategyDocument, _ findings: inout Findings) {
        for section in document.sections(.blindSpots) {
            var isAssumption = SectionKind.normalized(section.heading).hasPrefix("assumption")
            for passage in section.passages {
                let lead = (passage.strong.first ?? passage.text).lowercased()
                let isLabel: Bool
                switch passage.kind {
                case .heading: isLabel = true
                default: isLabel = passage.text.count < 40 && passage.text.hasSuffix(":")
                }
                if isLabel {
                    if lead.contains("assumption") { isAssumption = true }
                    if lead.contains("blind") || lead.contains("limitation") || lead.contains("gap") {
                        isAssumption = false
                    }
                    continue
                }
                guard passage.kind == .item else { continue }
                if isAssumption, document.blocks.assumptions.isEmpty {
                    findings.add(
                        .assumptionUnprobed, "nothing checks the assumption '\(passage.text.excerpt())'",
                        at: passage.location)
                } else if !isAssumption, document.blocks.blindSpots.isEmpty {
                    findings.add(
                        .blindSpotUnproven, "no recorded miss shows the blind spot '\(passage.text.excerpt())'",
                        at: passage.location)
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

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
        guard subject.isStrategy else { return }
        guard let found = subject.cases.first(where: { $0.name == name }) else {
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
                // A heading, a paragraph above a list, or a short item that ends with a colon.
                var isLabel = passage.text.count < 40 && passage.text.hasSuffix(":")
                if passage.kind == .paragraph { isLabel = passage.depth == 0 }
                if case .heading = passage.kind { isLabel = true }
                if isLabel {
                    if lead.hasPrefix("blind") || lead.hasPrefix("limitation") || lead.hasPrefix("gap") {
                        isAssumption = false
                    } else if lead.contains("assum") {
                        isAssumption = true
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

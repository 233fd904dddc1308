// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Strategies

/// Strategy documents: any bytes give a document that keeps them, with sections in order and findings inside the file.
@main struct FuzzStrategy: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let document = StrategyDocument(parsing: input, path: "strategy.md")
        Invariants.require(document.bytes == input, "the bytes are not kept")
        // YAML also breaks lines at NEL, LS and PS.
        let text = String(decoding: input, as: UTF8.self)
        let lines = 1 + text.unicodeScalars.count { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) }
        var end = 0
        for section in document.sections {
            Invariants.require(
                section.body.lowerBound >= end && section.body.upperBound <= input.count, "sections overlap")
            end = section.body.upperBound
            Invariants.bounded(section.prose.utf8.count, by: input.count, "prose")
        }
        for diagnostic in document.diagnostics {
            Invariants.require(
                diagnostic.location.line <= lines + 1, "a finding lies in line \(diagnostic.location.line) of \(lines)")
        }
        Invariants.require(
            StrategyDocument(parsing: input, path: "strategy.md").diagnostics == document.diagnostics,
            "reading twice differs")
    }
}

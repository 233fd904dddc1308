// SPDX-License-Identifier: Apache-2.0
import Alerts
import Strategies

extension StrategyReference {
    /// The part of a strategy that alerts carry.
    public init(_ strategy: Strategy) {
        self.init(id: strategy.id, title: strategy.title, path: strategy.path + "/strategy.md")
    }
}

extension StrategyPolicy {
    /// What a document says about the alerts of its strategy.
    ///
    /// Where a section has prose and no block, excerpts of the prose stand in for what a block would say to the
    /// responder; prose sets no level and silences nothing.
    public init(_ document: StrategyDocument, of strategy: StrategyReference) {
        self.init(strategy: strategy)
        let blocks = document.blocks
        defaultLevel = blocks.priority?.defaultLevel
        criteria = (blocks.priority?.criteria ?? []).map { one in
            Criterion(
                level: one.level, because: one.because, rules: one.rules, match: one.match, location: one.location)
        }
        suppressions = blocks.suppressions.map { one in
            Suppression(
                id: one.id, owner: one.owner, reason: one.reason ?? one.characteristic, expires: one.expires,
                rules: one.rules, match: one.match, location: one.location)
        }
        guidance = StrategyGuidance(document)
    }
}

extension StrategyGuidance {
    /// What a document tells the responder.
    init(_ document: StrategyDocument) {
        let blocks = document.blocks
        // A passage that ends in a colon only leads to the next.
        func excerpts(_ kind: SectionKind, _ most: Int) -> [String] {
            guard let prose = document.section(kind)?.prose else { return [] }
            return prose.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks() }.filter {
                !$0.isEmpty && !$0.hasSuffix(":")
            }
            .prefix(most).map { String($0) }
        }
        let spots: [BlindSpot] =
            blocks.blindSpots.isEmpty
            ? excerpts(.blindSpots, Self.mostExcerpts).enumerated().map { index, text in
                BlindSpot(id: "blind-spots-\(index + 1)", statement: text)
            } : blocks.blindSpots.map { BlindSpot(id: $0.id, statement: $0.statement, rules: $0.rules) }
        let steps: [Step] =
            blocks.playbook.isEmpty
            ? excerpts(.response, Self.mostExcerpts).enumerated().map { index, text in
                Step(id: "response-\(index + 1)", action: text)
            }
            : blocks.playbook.map { step in
                Step(
                    id: step.id, action: step.action, command: step.command.map { CommandTemplate($0) },
                    decisions: step.decisions.map { .init(condition: $0.condition, next: $0.next) })
            }
        self.init(
            goal: Self.prose(document, .goal), technicalContext: Self.prose(document, .technicalContext),
            blindSpots: spots, response: steps)
    }

    /// The most passages of prose that stand in for a block's entries.
    private static let mostExcerpts = 8

    private static func prose(_ document: StrategyDocument, _ kind: SectionKind) -> String? {
        document.section(kind).map { String($0.prose[...].trimmingBlanks()) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension Substring {
    fileprivate func trimmingBlanks() -> Substring {
        let start = drop { $0.isWhitespace }
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return start }
        return start[...end]
    }
}

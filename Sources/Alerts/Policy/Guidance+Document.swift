// SPDX-License-Identifier: Apache-2.0
import Strategies

extension Guidance {
    /// What a document tells the responder.
    ///
    /// Where a section has prose and no block, excerpts of the prose stand in for what a block would say.
    public init(_ document: StrategyDocument) {
        let blocks = document.blocks
        // A passage that ends in a colon only leads to the next.
        func excerpts(_ kind: SectionKind, _ most: Int) -> [String] {
            guard let prose = document.section(kind)?.prose else { return [] }
            return prose.split(whereSeparator: \.isNewline).map { $0.trimmingBlanks() }.filter {
                !$0.isEmpty && !$0.hasSuffix(":")
            }
            .prefix(most).map { String($0) }
        }
        let spots =
            blocks.blindSpots.isEmpty
            ? excerpts(.blindSpots, Self.mostExcerpts).enumerated().map { index, text in
                BlindSpot(id: "blind-spots-\(index + 1)", statement: text)
            } : blocks.blindSpots
        let steps =
            blocks.playbook.isEmpty
            ? excerpts(.response, Self.mostExcerpts).enumerated().map { index, text in
                PlaybookStep(id: "response-\(index + 1)", action: text)
            } : blocks.playbook
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

// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Reads the `yaml vedette` blocks of a document; what is not understood is reported and left out.
struct BlockReader {
    /// The name the document is reported by.
    let file: String
    /// What the blocks said so far.
    private(set) var blocks = StrategyBlocks()
    /// What was found wrong.
    private(set) var diagnostics: [Diagnostic] = []
    private var ids: [String: Set<String>] = [:]

    init(file: String) { self.file = file }

    /// The keys of blocks and the sections they belong to.
    static let homes: [(key: String, section: SectionKind)] = [
        ("categorization", .categorization), ("data", .strategyAbstract), ("assumptions", .blindSpots),
        ("blind_spots", .blindSpots), ("suppressions", .falsePositives), ("priority", .priority),
        ("validation", .validation), ("playbook", .response),
    ]

    mutating func read(_ block: CodeBlock, in section: Section) {
        let root = LocatedYAML.root(of: block.text, file: file, firstLine: block.location.line)
        diagnostics += root.diagnostics
        guard let node = root.result else {
            if root.diagnostics.isEmpty {
                diagnostics.append(
                    StrategyFindingCode.blockMissingKey.diagnostic("the block is empty", at: block.location))
            }
            return
        }
        read(node, in: section.kind)
    }

    /// Reads the node of a block.
    mutating func read(_ node: YAMLNode, in section: SectionKind?) {
        guard var map = BlockMap(node, what: "a block", file: file, &diagnostics) else { return }
        for home in Self.homes {
            guard let value = map.node(home.key) else { continue }
            if section != home.section {
                map.report(
                    .blockMisplaced,
                    "'\(home.key)' belongs into the section \(home.section.rawValue), where readers look for it",
                    at: value)
            }
            read(value, key: home.key)
        }
        map.finish()
        diagnostics += map.diagnostics
    }

    private mutating func read(_ node: YAMLNode, key: String) {
        switch key {
        case "categorization":
            let next = one(node, "the categorization", isFirst: blocks.categorization == nil, Self.categorization)
            blocks.categorization = blocks.categorization ?? next
        case "priority":
            let next = one(node, "the priority", isFirst: blocks.priority == nil, Self.priority)
            blocks.priority = blocks.priority ?? next
        case "data": blocks.data += list(node, key, "a data requirement", \.id, \.location, Self.data)
        case "assumptions":
            blocks.assumptions += list(node, key, "an assumption", \.id, \.location, Self.assumption)
        case "blind_spots": blocks.blindSpots += list(node, key, "a blind spot", \.id, \.location, Self.blindSpot)
        case "suppressions":
            blocks.suppressions += list(node, key, "a suppression", \.id, \.location, Self.suppression)
        case "validation":
            blocks.validation += list(node, key, "a validation step", \.id, \.location, Self.validation)
        default: blocks.playbook += list(node, key, "a step of the playbook", \.id, \.location, Self.playbook)
        }
    }

    private mutating func one<Element>(
        _ node: YAMLNode, _ what: String, isFirst: Bool, _ read: (inout BlockMap) -> Element?
    ) -> Element? {
        guard var map = BlockMap(node, what: what, file: file, &diagnostics) else { return nil }
        if !isFirst { map.report(.blockDuplicate, "\(what) is given a second time; the first counts", at: node) }
        let result = read(&map)
        map.finish()
        diagnostics += map.diagnostics
        return result
    }

    private mutating func list<Element>(
        _ node: YAMLNode, _ key: String, _ name: String, _ id: KeyPath<Element, String>,
        _ location: KeyPath<Element, SourceLocation>, _ read: (inout BlockMap) -> Element?
    ) -> [Element] {
        let elements = BlockMap.maps(of: node, "'\(key)'", name, file: file, &diagnostics, read)
        return elements.filter { element in
            if ids[key, default: []].insert(element[keyPath: id]).inserted { return true }
            diagnostics.append(
                StrategyFindingCode.blockDuplicate.diagnostic(
                    "the id '\(element[keyPath: id])' stands twice among '\(key)'; the first counts",
                    at: element[keyPath: location]))
            return false
        }
    }

    /// Checks what can only be told when all blocks are read.
    mutating func finish() {
        let steps = Set(blocks.playbook.map(\.id))
        for step in blocks.playbook {
            for decision in step.decisions where !steps.contains(decision.next) {
                guard decision.next != "close", decision.next != "escalate" else { continue }
                diagnostics.append(
                    StrategyFindingCode.blockBadValue.diagnostic(
                        "'\(decision.next)' is no step of the playbook; name one, or 'close' or 'escalate'",
                        at: step.location))
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import TestSupport
import Testing

/// An implementation of Sigma under test.
struct Implementation: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var make: ConformanceCase.Make

    /// Every implementation the conformance table runs against.
    static let all = [
        Implementation(testDescription: "plain") { PlainEvaluator(rules: $0, vocabulary: $1) },
        Implementation(testDescription: "engine") { Engine(rules: $0, vocabulary: $1) },
    ]
}

@Suite struct ConformanceTests {
    @Test(arguments: Implementation.all, ConformanceCase.all)
    func `an implementation reads Sigma as documented`(implementation: Implementation, each: ConformanceCase) throws {
        #expect(try each.failures(of: implementation.make) == [])
    }

    @Test(arguments: Implementation.all)
    func `cases do not disturb each other in one rule set`(implementation: Implementation) throws {
        #expect(try ConformanceCase.failures(in: ConformanceCase.all, of: implementation.make) == [])
    }

    @Test func `the table is whole: each name once, each modifier used, each case with an event`() {
        let cases = ConformanceCase.all
        #expect(cases.count >= 150)
        #expect(Set(cases.map(\.name)).count == cases.count)
        #expect(cases.filter { $0.yes.isEmpty && $0.no.isEmpty }.map(\.name) == [])
        let used = Set(cases.flatMap { $0.sigma.detection.searches.flatMap { Self.modifiers($0.search) } })
        // A rule that still holds `expand` is refused when it is read.
        #expect(Set(Modifier.allCases).subtracting(used) == [.expand])
    }

    private static func modifiers(_ search: Search) -> [Modifier] {
        switch search {
        case .all(let parts), .any(let parts): parts.flatMap { modifiers($0) }
        case .item(let item): item.modifiers
        }
    }

    @Test func `a wrong implementation is found out`() throws {
        struct Silent: Evaluator {
            mutating func matches(in batch: EventBatch) -> [Match] { [] }
        }
        let failures = try ConformanceCase.failures(in: ConformanceCase.all) { _, _ in Silent() }
        #expect(failures.count >= ConformanceCase.all.count / 2)
    }
}

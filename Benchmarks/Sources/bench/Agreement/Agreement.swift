// SPDX-License-Identifier: Apache-2.0
import Detection
import Dispatch
import Enrichment
import Events
import Foundation
import Readers
import Sigma
import Strategies
import Synchronization
import TestSupport

/// Holds the engine against the plain evaluator: every event of some inputs, every rule.
///
/// The two share nothing but the rules as they were read: the plain evaluator finds out itself which rules an event is
/// for. That the check can fail is tried each time, with an engine one of whose rules is not the one that was read.
struct Agreement {
    /// What is looked at.
    struct Subject {
        /// Rule files and folders.
        var rules: [String] = []
        /// Folders of strategies, of which the rules and the recordings are taken.
        var strategies: [String] = []
        /// Logs and folders of logs.
        var inputs: [String] = []
    }

    /// An event and a rule about which the two are not of one mind.
    private struct Difference {
        let rule: Int
        let place: String
        let words: String
    }

    private let rules: RuleSet
    private let vocabulary = Vocabulary()
    private var engine: Engine
    private var events = DistinctEvents()
    private var files = 0
    private var problems: [String] = []

    /// The most differences told one by one.
    private static let mostTold = 20

    /// Goes through everything and tells what came of it; false when the two differ or nothing was shown.
    static func holds(_ subject: Subject) throws -> Bool {
        let strategies = try subject.strategies.compactMap { try Strategy(path: $0) }
        var check = Agreement(rules: subject.rules + strategies.map(\.rulesPath))
        for strategy in strategies {
            for one in LoadedStrategy(strategy).cases { check.read(one.files, one.logSource) }
        }
        check.read(Inputs(subject.inputs).files, nil)
        return check.judge()
    }

    private init(rules paths: [String]) {
        rules = RuleLoader().load(paths: paths)
        engine = Engine(rules: rules, vocabulary: vocabulary)
        problems = engine.diagnostics.map { "\($0.location): not compiled: \($0.message)" }
    }

    /// Reads inputs that belong together, and has the engine judge their events.
    private mutating func read(_ paths: [String], _ logSource: RuleLogSource?) {
        var enricher = Enricher(vocabulary: vocabulary)
        var batch = EventBatch()
        for path in paths {
            var source = EventPump(
                paths: [path], vocabulary: vocabulary,
                logSource: logSource.map { LogSource(product: $0.product, category: $0.category, service: $0.service) })
            while source.next(&batch) {
                enricher.enrich(&batch)
                events.add(batch, engine.matches(in: batch))
            }
            files += 1
        }
    }

    private func judge() -> Bool {
        let plain = plainVerdicts()
        var found = differences(between: events.entries.map(\.rules), and: plain)
        for contradiction in events.contradictions {
            let entry = events.entries[contradiction.entry]
            for rule in Set(contradiction.rules).symmetricDifference(entry.rules).sorted() {
                found.append(
                    Difference(
                        rule: rule, place: contradiction.place,
                        words: "the engine judges it unlike the equal event \(entry.place)"))
            }
        }
        tell(found)
        let matches = plain.reduce(0) { $0 + $1.count }
        print(
            "\(rules.rules.count) rules, \(events.count) events of \(files) files, \(events.entries.count) of them "
                + "different, \(matches) matches on those: \(found.count) differences")
        for problem in problems { print(problem) }
        return found.isEmpty && problems.isEmpty && noticesABrokenRule(plain)
    }

    /// The rules that match each of the different events, as the plain evaluator sees it.
    private func plainVerdicts() -> [[Int]] {
        let entries = events.entries
        let verdicts = Mutex([[Int]](repeating: [], count: entries.count))
        let next = Mutex(0)
        let (rules, vocabulary) = (rules, vocabulary)
        DispatchQueue.concurrentPerform(iterations: max(2, ProcessInfo.processInfo.activeProcessorCount)) { _ in
            // Each has an evaluator of its own: threads that share one spend their time on its reference counts.
            var evaluator = PlainEvaluator(rules: rules, vocabulary: vocabulary)
            while true {
                let number = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard number < entries.count else { return }
                let found = evaluator.matches(in: entries[number].event).map(\.rule)
                verdicts.withLock { $0[number] = found }
            }
        }
        return verdicts.withLock { $0 }
    }

    private func differences(between engine: [[Int]], and plain: [[Int]]) -> [Difference] {
        zip(engine, plain).enumerated().flatMap { number, verdicts -> [Difference] in
            let (fast, slow) = (Set(verdicts.0), Set(verdicts.1))
            return fast.symmetricDifference(slow).sorted().map { rule in
                Difference(
                    rule: rule, place: events.entries[number].place,
                    words: fast.contains(rule)
                        ? "only the engine finds a match" : "only the plain evaluator finds a match")
            }
        }
    }

    private func tell(_ found: [Difference]) {
        for one in found.prefix(Self.mostTold) {
            let metadata = rules.rules[one.rule].metadata
            print("\(one.place): \(one.words): \(metadata.title) (\(metadata.location))")
        }
        if found.count > Self.mostTold { print("… and \(found.count - Self.mostTold) more") }
    }

    /// Whether the check fails, and fails at the right rule, for an engine that has one rule wrong.
    private func noticesABrokenRule(_ plain: [[Int]]) -> Bool {
        var counts: [Int: Int] = [:]
        for rule in plain.joined() { counts[rule, default: 0] += 1 }
        guard let rule = counts.min(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else {
            print("no rule matches any event: agreement shows nothing")
            return false
        }
        var broken = rules
        broken.rules[rule].detection.conditions = [.not(.or(rules.rules[rule].detection.conditions))]
        let engine = Engine(rules: broken, vocabulary: vocabulary)
        let found = differences(between: events.entries.map { engine.matches(in: $0.event).map(\.rule) }, and: plain)
        guard !found.isEmpty, found.allSatisfy({ $0.rule == rule }) else {
            print("an engine with `\(rules.rules[rule].metadata.title)` turned round was not found out")
            return false
        }
        print(
            "an engine with `\(rules.rules[rule].metadata.title)` turned round is found out: \(found.count) differences"
        )
        return true
    }
}

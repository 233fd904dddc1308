// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import FuzzSupport
import Readers
import Sigma

/// A `detection` section, a NUL, and lines of JSON: compiled and evaluated.
///
/// Each event must match alone as it does among others, the negated rule must match exactly the other events, and every
/// match must be explained.
@main struct FuzzEngine: FuzzTarget {
    private static let fresh = Fresh {
        JSONReader(
            vocabulary: $0, options: JSONReaderOptions(logSource: LogSource(category: "process_creation")))
    }

    static func run(_ input: [UInt8]) {
        let parts = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return }
        let head = "title: Rule\nlogsource: {category: process_creation}\n"
        let set = RuleLoader().load(text: head + String(decoding: parts[0], as: UTF8.self), file: "rule.yml")
        guard let rule = set.rules.first else { return }
        var rules = RuleSet()
        rules.rules = [rule, rule]
        rules.rules[1].detection.conditions = [.not(.or(rule.detection.conditions))]

        let (reader, vocabulary) = fresh.pair
        let batch = events(parts[1], reader)
        let engine = Engine(rules: rules, vocabulary: vocabulary)
        let matches = engine.matches(in: batch)
        for match in matches {
            for reason in engine.reasons(for: match, in: batch) {
                Invariants.require(!reason.selection.isEmpty, "a reason names no search")
            }
        }
        let alone = Engine(rules: rules, vocabulary: vocabulary)
        let gaveUp = engine.regexLimitsReached > 0
        for event in batch.events.indices {
            let found = matches.filter { $0.event == event }.map(\.rule)
            if engine.diagnostics.isEmpty {
                Invariants.require(found.count == 1, "a rule and its negation: \(found) match")
            }
            let single = alone.matches(in: batch.copy(of: event, longestValue: .max)).map(\.rule)
            Invariants.require(single == found || gaveUp, "an event matches \(found) among others, \(single) alone")
        }
    }

    private static func events(_ lines: ArraySlice<UInt8>, _ reader: JSONReader) -> EventBatch {
        var batch = EventBatch()
        var records: [Record] = []
        for line in lines.split(separator: UInt8(ascii: "\n")).prefix(16) {
            let start = batch.bytes.count
            batch.bytes.append(contentsOf: line)
            records.append(Record(range: start..<batch.bytes.count, position: UInt64(records.count + 1)))
        }
        batch.bytes.append(contentsOf: repeatElement(0, count: EventBatch.padding))
        var report = ReadReport()
        reader.read(records, into: &batch, report: &report)
        reader.finish(into: &batch, report: &report)
        return batch
    }
}

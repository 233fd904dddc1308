// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma
import Strategies

extension AlertPolicy {
    /// Writes what each suppression silenced, by the ids of strategy and suppression.
    public func save(to writer: inout StateWriter) {
        writer.write(records) { writer, record in
            writer.write(shared: record.strategy)
            writer.write(shared: record.suppression.id)
            writer.write(record.hits)
            writer.write(record.firstSeen) { $0.write($1) }
            writer.write(record.lastSeen) { $0.write($1) }
            writer.write(record.rules) { $0.write(shared: $1) }
        }
    }

    /// Takes up what was saved, in the place of what was counted so far; gives sentences that say which suppressions are
    /// gone.
    ///
    /// - Throws: `StateError`; then nothing has changed.
    public mutating func restore(from reader: inout StateReader) throws(StateError) -> [String] {
        var fresh = records
        for place in fresh.indices {
            (fresh[place].hits, fresh[place].firstSeen, fresh[place].lastSeen, fresh[place].rules) = (0, nil, nil, [])
        }
        var gone: [String] = []
        for _ in 0..<(try reader.readCount(size: 6)) {
            let (strategy, id) = (try reader.readShared(), try reader.readShared())
            let hits = try reader.readCounter()
            let first = try reader.readOptional { reader throws(StateError) in try reader.readTimestamp() }
            let last = try reader.readOptional { reader throws(StateError) in try reader.readTimestamp() }
            let rules = try reader.readSharedList()
            guard let place = fresh.firstIndex(where: { $0.strategy == strategy && $0.suppression.id == id }) else {
                if hits > 0 {
                    gone.append("the suppression \(id) of \(strategy) is gone, and its \(hits) hits with it")
                }
                continue
            }
            (fresh[place].hits, fresh[place].firstSeen, fresh[place].lastSeen, fresh[place].rules) =
                (hits, first, last, rules)
        }
        records = fresh
        return gone
    }

    /// Whether a rule still has a criterion, for the reason it had.
    func hasCriterion(_ number: Int, because: String?, for rule: RuleKey) -> Bool {
        guard let concern = concern(rule), concern.criteria.contains(number) else { return false }
        let verdict = Verdict(level: .medium, criterion: number)
        return priority(of: verdict, for: rule).because == because
    }
}

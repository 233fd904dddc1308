// SPDX-License-Identifier: Apache-2.0
import Bytes
import Detection
import Events
import Sigma

/// Keeps a rule from alerting twice on one thing: on an audit record, and on the event that the record belongs to.
///
/// A rule that names a product and neither category nor service looks at both. The event knows more (which program, whose,
/// in which container), so the match on it is the one that counts: a match on a record is held until its event has come,
/// and given back when the event turns out not to match. The two belong together when rule, host and event time are
/// equal and the record is among the event's evidence. Memory is bounded by `Limits`; what does not fit is given back
/// early, so nothing is ever lost, only told twice.
public struct RecordTwins: Sendable {
    /// The bounds.
    public struct Limits: Sendable, Hashable {
        /// Most matches held.
        public var held = 2048
        /// Most bytes of events held.
        public var bytes = 16 << 20
        /// How much newer, in nanoseconds of event time, an event is when nothing held before it can be answered any
        /// more: readers put records together within two seconds.
        public var window: Int64 = 5_000_000_000

        /// The defaults.
        public init() {}
    }

    /// A match on a record.
    public struct Held: Sendable {
        /// The rule's number.
        public var rule: Int
        /// The record's event alone.
        public var event: EventBatch
        let time: Int64
        let evidence: UInt64
        var size: Int { event.bytes.count }
    }

    /// What to do about a match.
    public enum Decision {
        /// It counts now.
        case counts
        /// It waits, or the event it belongs to was counted.
        case waits
    }

    struct Key: Hashable {
        var rule: Int
        var time: Int64
        var host: UInt64
    }

    /// A key, and when it came by the clock on the wall.
    struct Arrival {
        var key: Key
        var time: Timestamp
    }

    private let limits: Limits
    /// For each rule: whether it looks at records as well as at the events made of them.
    let seesBoth: [Bool]
    private var classes: LogSourceClasses
    var held: [Key: [Held]] = [:]
    var heldCount = 0
    var heldBytes = 0
    /// The lines of evidence of events that matched, for records that come after their event.
    var counted: [Key: Set<UInt64>] = [:]
    /// Keys in the order they came, for letting go of the oldest.
    var order: [Arrival] = []
    var oldest = 0
    let rules: RuleSet

    /// Looks after the rules of a run.
    public init(rules: RuleSet, vocabulary: Vocabulary, limits: Limits = Limits()) {
        self.limits = limits
        classes = LogSourceClasses(vocabulary)
        self.rules = rules
        seesBoth = rules.rules.map { rule in
            rule.logsource.category == nil && rule.logsource.service == nil
        }
    }

    /// Decides about a match; `released` gets matches on records that have to count now for want of room.
    public mutating func decide(
        _ match: Match, in batch: EventBatch, released: inout [Held]
    ) -> Decision {
        let header = batch.events[match.event]
        guard seesBoth[match.rule], header.time != .unknown else { return .counts }
        let key = Key(rule: match.rule, time: header.time.nanoseconds, host: host(of: match.event, in: batch))
        let record = batch.bytes.span.extracting(header.record)
        let source = classes[header.source]
        guard source.system == .linux else { return .counts }
        if source.activity == .auditRecord {
            let evidence = hashBytes(record)
            if counted[key]?.contains(evidence) ?? false { return .waits }
            let one = Held(
                rule: match.rule, event: batch.copy(of: match.event), time: key.time, evidence: evidence)
            note(key, batch.arrived)
            held[key, default: []].append(one)
            heldCount += 1
            heldBytes += one.size
            makeRoom(&released)
            return .waits
        }
        // The events made of records have a category.
        guard source.hasCategory else { return .counts }
        note(key, batch.arrived)
        let lines = Self.lines(of: record)
        counted[key, default: []].formUnion(lines)
        let own = held.removeValue(forKey: key) ?? []
        let others = own.filter { !lines.contains($0.evidence) }
        for one in own where lines.contains(one.evidence) { forget(one) }
        if !others.isEmpty { held[key] = others }
        makeRoom(&released)
        return .counts
    }

    /// Gives the matches whose event can no longer come, now that event time is at `time`.
    public mutating func release(at time: Timestamp) -> [Held] {
        guard time != .unknown, oldest < order.count else { return [] }
        let (limit, overflowed) = time.nanoseconds.subtractingReportingOverflow(limits.window)
        guard !overflowed else { return [] }
        var released: [Held] = []
        while oldest < order.count, order[oldest].key.time <= limit { letGo(&released) }
        return released
    }

    /// Gives the matches whose event can no longer come, now that time has passed.
    ///
    /// Those older than the watermark go, and those that came longer than `Limits.window` ago, whatever time they bear:
    /// a record dated far ahead must not wait for ever. Recorded input, which brings no time, gives none.
    public mutating func advance(to time: StreamTime) -> [Held] {
        guard oldest < order.count else { return [] }
        let (limit, overflowed) = time.now.nanoseconds.subtractingReportingOverflow(limits.window)
        var released: [Held] = []
        var waiting: [Arrival] = []
        for arrival in order[oldest...] {
            let isLongAgo = !overflowed && arrival.time != .unknown && arrival.time.nanoseconds <= limit
            if arrival.key.time < time.watermark.nanoseconds || isLongAgo {
                letGo(arrival.key, &released)
            } else {
                waiting.append(arrival)
            }
        }
        (order, oldest) = (waiting, 0)
        return released
    }

    /// Gives all matches that still wait: the input has ended.
    public mutating func finish() -> [Held] {
        var released: [Held] = []
        while oldest < order.count { letGo(&released) }
        return released
    }

    /// Puts a key into the order, unless it is there.
    private mutating func note(_ key: Key, _ time: Timestamp) {
        if held[key] == nil && counted[key] == nil { order.append(Arrival(key: key, time: time)) }
    }

    private mutating func makeRoom(_ released: inout [Held]) {
        while heldCount > limits.held || heldBytes > limits.bytes || order.count - oldest > limits.held,
            oldest < order.count
        {
            letGo(&released)
        }
    }

    /// Forgets the oldest key and gives what was held under it.
    private mutating func letGo(_ released: inout [Held]) {
        let key = order[oldest].key
        oldest += 1
        if oldest > 1024, oldest * 2 > order.count {
            order.removeSubrange(..<oldest)
            oldest = 0
        }
        letGo(key, &released)
    }

    private mutating func letGo(_ key: Key, _ released: inout [Held]) {
        counted[key] = nil
        for one in held.removeValue(forKey: key) ?? [] {
            forget(one)
            released.append(one)
        }
    }

    private mutating func forget(_ one: Held) {
        heldCount -= 1
        heldBytes -= one.size
    }

    /// A record's evidence is one line of its event's, or all of it where one line is the whole event.
    private static func lines(of record: Span<UInt8>) -> Set<UInt64> {
        var hashes: Set<UInt64> = [hashBytes(record)]
        var start = 0
        for index in record.indices where record[index] == UInt8(ascii: "\n") {
            let end = index > start && record[index - 1] == UInt8(ascii: "\r") ? index - 1 : index
            hashes.insert(hashBytes(record.extracting(start..<end)))
            start = index + 1
        }
        if start > 0 { hashes.insert(hashBytes(record.extracting(start..<record.count))) }
        return hashes
    }

    private func host(of event: Int, in batch: EventBatch) -> UInt64 {
        batch.host(of: event).map { hashBytes(batch.bytes.span.extracting($0.range)) } ?? 0
    }
}

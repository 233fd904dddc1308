// SPDX-License-Identifier: Apache-2.0
import Events

/// Folds repeats of one rule on one entity into one alert.
///
/// Memory is bounded by the number of open alerts and by the bytes of evidence they hold; past a bound the alerts that
/// were quiet longest are given out and forgotten, so a further repeat starts a new alert.
///
/// The caller asks `count` first: it counts repeats, most of them without evidence being built. Of a flood of repeats,
/// evidence is only wanted for the first few and then each time the count has doubled.
public struct AlertFolder: Sendable {
    /// The bounds.
    public struct Limits: Sendable, Hashable {
        /// Most alerts kept open.
        public var openAlerts = 10_000
        /// About the most bytes of evidence kept in open alerts.
        public var evidenceBytes = 256 * 1024 * 1024
        /// How many of an alert's first events are kept; one more, the latest sampled, follows them.
        public var firstEvents = 3
        /// The same for correlations, whose events only tell the story together.
        public var correlationEvents = 16
        /// A longer silence, in seconds of event time, starts a new alert.
        public var gapSeconds: Int64 = 24 * 3600

        /// The defaults.
        public init() {}
    }

    /// The bounds in force.
    public let limits: Limits
    /// Repeats that were folded into an open alert.
    public private(set) var folded: UInt64 = 0
    /// Alerts given out early because a bound was reached.
    public private(set) var evicted: UInt64 = 0
    /// Alerts open now.
    public var openCount: Int { open.count }

    private var open = OpenAlerts()

    /// An empty folder.
    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Whether a match would be folded into an open alert.
    public func wouldFold(
        _ rule: RuleKey, entity: EntityKey, lane: Verdict.Lane = .plain, time: Timestamp
    ) -> Bool {
        guard let place = open.place(.init(rule: rule, entity: entity, lane: lane)) else { return false }
        return isWithinGap(open.tally(place), from: time, to: time)
    }

    /// What a match is beside the open alerts.
    public enum Standing: Sendable {
        /// It starts an alert and was not counted: build the finding and `add` it.
        case isNew
        /// It was counted as a repeat, and its event is wanted as evidence: build the snapshot and `keep` it.
        case isSample(OpenAlert)
        /// It was counted as a repeat; nothing more is wanted of it.
        case isCounted
    }

    /// Names an open alert until the next call that is given events or findings.
    public struct OpenAlert: Sendable {
        fileprivate let place: Int
    }

    /// Counts a match that repeats an open alert.
    public mutating func count(
        _ rule: RuleKey, entity: EntityKey, lane: Verdict.Lane = .plain, time: Timestamp
    ) -> Standing {
        guard let place = open.place(.init(rule: rule, entity: entity, lane: lane)) else { return .isNew }
        let tally = open.tally(place)
        guard isWithinGap(tally, from: time, to: time) else { return .isNew }
        folded += 1
        open.count(place, from: time, to: time)
        return wantsEvidence(tally.count + 1) ? .isSample(OpenAlert(place: place)) : .isCounted
    }

    /// Keeps the event of a repeat as evidence; gives the alerts that are finished for want of room.
    public mutating func keep(_ event: EventSnapshot, of alert: OpenAlert) -> [Alert] {
        keep([event], at: alert.place)
        return makeRoom()
    }

    /// Adds a finding; gives the alerts that are finished because of it.
    public mutating func add(_ finding: Finding) -> [Alert] {
        let key = OpenAlerts.Key(rule: finding.key, entity: finding.entityKey, lane: finding.lane)
        let times = finding.events.compactMap(\.time)
        let (first, last) = (times.min() ?? .unknown, times.max() ?? .unknown)
        var finished: [Alert] = []
        if let place = open.place(key) {
            if isWithinGap(open.tally(place), from: first, to: last) {
                folded += 1
                open.count(place, from: first, to: last)
                keep(finding.events, at: place)
                return makeRoom()
            }
            if let alert = open.remove(place) { finished.append(alert) }
        }
        var alert = Alert(finding)
        let most = alert.correlation == nil ? limits.firstEvents : limits.correlationEvents
        if let latest = alert.events.last, alert.events.count > most {
            alert.events.removeSubrange(most...)
            alert.events.append(latest)
        }
        open.insert(key, alert)
        return finished + makeRoom()
    }

    /// Gives every open alert, in the order of output, and forgets them.
    public mutating func finish() -> [Alert] { open.removeAll().sorted(by: Alert.precedes) }

    /// The first few, then every power of two: at most some thirty snapshots are built for a billion repeats.
    private func wantsEvidence(_ count: Int) -> Bool { count <= limits.firstEvents || count & (count - 1) == 0 }

    private func isWithinGap(_ tally: OpenAlerts.Tally, from first: Timestamp, to last: Timestamp) -> Bool {
        guard first != .unknown, tally.first != .unknown else { return true }
        let gap = limits.gapSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        let width = gap.overflow ? Int64.max : gap.partialValue
        // Times come from the input: saturate rather than trap.
        let earliest = tally.first.nanoseconds.subtractingReportingOverflow(width)
        let latest = tally.last.nanoseconds.addingReportingOverflow(width)
        return first.nanoseconds <= (latest.overflow ? .max : latest.partialValue)
            && last.nanoseconds >= (earliest.overflow ? .min : earliest.partialValue)
    }

    private mutating func keep(_ events: [EventSnapshot], at place: Int) {
        guard let latest = events.last else { return }
        let limits = limits
        open.update(place) { alert in
            let most = alert.correlation == nil ? limits.firstEvents : limits.correlationEvents
            if alert.events.count > most { alert.events.removeLast() }
            alert.events.append(latest)
        }
    }

    private mutating func makeRoom() -> [Alert] {
        var finished: [Alert] = []
        // The newest stays, however large: it is the one at hand.
        while open.count > 1, open.count > limits.openAlerts || open.evidence > limits.evidenceBytes,
            let alert = open.removeOldest()
        {
            evicted += 1
            finished.append(alert)
        }
        return finished
    }
}

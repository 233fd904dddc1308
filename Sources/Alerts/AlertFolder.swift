// SPDX-License-Identifier: Apache-2.0
import Events

/// Folds repeats of one rule on one entity into one alert, and tells what happens to alerts.
///
/// The caller asks `count` first: it counts repeats without anything being built for them but, of the first few, of those
/// that differ, and each time the count has doubled, a copy of the event. What it does not count is a `Finding` to be
/// built and added.
///
/// An alert is told when it opens. That it grew is told at most once a second of `StreamTime.now`, and each time the count
/// has doubled. It closes when it was quiet for the gap by the watermark, when a later finding starts another, when room is
/// wanted, or at the end. Each finding and the end give a change its number, so the same events give the same numbers with
/// the same content, whichever of them are told.
///
/// Memory is bounded by the number of open alerts and by the bytes they hold; past a bound the alerts that were quiet longest
/// are closed, so a further repeat starts a new alert.
public struct AlertFolder: Sendable {
    /// The bounds.
    public struct Limits: Sendable, Hashable {
        /// Most alerts kept open.
        public var openAlerts = 10_000
        /// About the most bytes kept in open alerts.
        public var evidenceBytes = 64 * 1024 * 1024
        /// How many of an alert's first events are kept, at least one; one more, the latest sampled, follows them.
        public var firstEvents = 3
        /// The same for correlations, whose events only tell the story together.
        public var correlationEvents = 16
        /// How many further events are kept because the values that matched differ; correlations keep none for that.
        public var differingEvents = 8
        /// A longer silence, in seconds of event time, starts a new alert.
        public var gapSeconds: Int64 = 24 * 3600
        /// How long, in nanoseconds of arrival, an alert's next change is held back, unless its count has doubled.
        public var updateInterval: Int64 = 1_000_000_000

        /// The defaults.
        public init() {}

        /// All events of a finding are kept.
        static var unbounded: Limits {
            var limits = Limits()
            limits.firstEvents = .max
            limits.correlationEvents = .max
            return limits
        }
    }

    /// What the caller wants to hear of.
    public enum Wants: Sendable, Hashable {
        /// Everything that happens to an alert.
        case all
        /// Alerts that are over; nothing is built for others.
        case closed
    }

    /// The bounds in force.
    public let limits: Limits
    /// Which findings become one alert.
    public let folding: Folding
    /// What the caller hears of.
    public let wants: Wants
    /// The key of entities: whoever makes an `EntityKey` for this folder needs it.
    public let secret: Secret
    /// Repeats that were folded into an open alert.
    public internal(set) var folded: UInt64 = 0
    /// Alerts closed early because a bound was reached.
    public internal(set) var evicted: UInt64 = 0
    /// Alerts open now.
    public var openCount: Int { open.count }

    let vocabulary: Vocabulary
    var open = OpenAlerts()
    var clock = AlertClock()
    private var templates: [RuleKey: AlertTemplate] = [:]

    /// An empty folder for the events of a vocabulary.
    public init(
        vocabulary: Vocabulary, limits: Limits = Limits(), folding: Folding = .default, wants: Wants = .all,
        secret: Secret = .process
    ) {
        self.vocabulary = vocabulary
        self.limits = limits
        self.folding = folding
        self.wants = wants
        self.secret = secret
    }

    /// Counts a match that repeats an open alert.
    ///
    /// False when it was not counted, because it starts an alert or says something new of one: then build the finding and
    /// `add` it.
    public mutating func count(
        _ rule: RuleKey, entity: EntityKey, verdict: Verdict, event: Int, in batch: EventBatch,
        into changes: inout [AlertChange]
    ) -> Bool {
        let time = batch.events[event].time
        guard folding != .none, let place = open.place(key(rule, entity, verdict.distinction)),
            isWithinGap(open[place].tally, from: time, to: time), open[place].level >= verdict.level,
            open[place].values.knows(entity)
        else { return false }
        folded += 1
        open.count(place, from: time, to: time)
        touch(place)
        open[place].sources.count(batch.path, batch.events[event].source)
        open[place].values.count(entity, name: "")
        let news = open[place].values.count(event, in: batch, secret)
        if wantsEvidence(open[place].tally.count) || news == .combination && open.hasRoom(place, limits) {
            keep(
                PackedEvent(batch: batch, event: event, vocabulary: vocabulary, secret: secret), at: place,
                isDifferent: news == .combination)
        } else if news != .none {
            open.weigh(place)
        }
        tellGrowth(place, into: &changes)
        return true
    }

    /// Adds a finding.
    public mutating func add(_ finding: Finding, into changes: inout [AlertChange]) {
        let times = finding.events.lazy.map(\.time).filter { $0 != .unknown }
        let (first, last) = (times.min() ?? .unknown, times.max() ?? .unknown)
        if folding == .none { return tellAlone(finding, from: first, to: last, into: &changes) }
        let key = key(finding.key, finding.entityKey, finding.distinction)
        if let place = open.place(key) {
            if isWithinGap(open[place].tally, from: first, to: last) {
                folded += 1
                open.count(place, from: first, to: last)
                fold(finding, at: place)
                return tellGrowth(place, into: &changes)
            }
            close(place, into: &changes)
        }
        let (node, alert) = opened(finding, key, from: first, to: last)
        let place = open.insert(node, alert)
        touch(place)
        clock.expect(open.ticket(place), after: quiet(place), limits.gapSeconds, open: open)
        if wants == .all { tell(.opened, place, into: &changes) }
        makeRoom(into: &changes)
    }

    /// Closes every open alert; in no particular order.
    public mutating func finish(into changes: inout [AlertChange]) {
        for place in open.all { close(place, into: &changes) }
        open = OpenAlerts()
        clock.forget()
    }

    // MARK: - Folding

    private func key(_ rule: RuleKey, _ entity: EntityKey, _ distinction: Verdict.Distinction) -> OpenAlerts.Key {
        .init(rule: rule, entity: folding == .rule ? .all : entity, distinction: distinction)
    }

    private mutating func template(_ finding: Finding) -> AlertTemplate {
        if let known = templates[finding.key], known.fits(finding) { return known }
        let template = AlertTemplate(finding)
        templates[finding.key] = template
        return template
    }

    mutating func opened(
        _ finding: Finding, _ key: OpenAlerts.Key, from first: Timestamp, to last: Timestamp
    ) -> (OpenAlerts.Node, OpenAlert) {
        var finding = finding
        finding.events = finding.events.map { $0.translated(to: vocabulary) }
        let alert = OpenAlert(
            finding, template(finding), entity: folding == .rule ? .all : finding.entity, first: first,
            mostEvents: finding.correlation == nil ? max(1, limits.firstEvents) : limits.correlationEvents,
            isAlone: folding == .none)
        var node = OpenAlerts.Node(
            key: key, tally: .init(count: 1, first: first, last: last), level: finding.priority.level,
            values: DifferingValues(finding.matchedFields(vocabulary), withEntity: folding == .rule))
        node.values.count(finding.entityKey, name: finding.entity.id)
        for (index, event) in finding.events.enumerated() {
            _ = node.values.count(event, secret, isFirst: index == 0)
            node.sources.count(event.path, event.source)
        }
        return (node, alert)
    }

    private mutating func fold(_ finding: Finding, at place: Int) {
        touch(place)
        if finding.priority.level > open[place].level {
            open[place].level = finding.priority.level
            open.update(place) { $0.priority = finding.priority }
        }
        open[place].values.count(finding.entityKey, name: finding.entity.id)
        var news = DifferingValues.News.none
        for event in finding.events {
            let event = event.translated(to: vocabulary)
            open[place].sources.count(event.path, event.source)
            news = max(news, open[place].values.count(event, secret))
        }
        guard let latest = finding.events.last else { return }
        keep(
            latest.translated(to: vocabulary), at: place,
            isDifferent: news == .combination && finding.correlation == nil)
    }

    private mutating func keep(_ event: PackedEvent, at place: Int, isDifferent: Bool) {
        let limits = limits
        open.update(place) { alert in
            let most = alert.correlation == nil ? max(1, limits.firstEvents) : limits.correlationEvents
            if isDifferent, alert.hasFirstEvents(most), alert.hasRoomForDiffering(limits) {
                alert.keepDiffering(event)
            } else {
                alert.keep(event, first: most)
            }
        }
    }

    /// The first few, then every power of two: at most some thirty copies are made for a billion repeats.
    private func wantsEvidence(_ count: Int) -> Bool { count <= limits.firstEvents || count & (count - 1) == 0 }

    private func isWithinGap(_ tally: OpenAlerts.Tally, from first: Timestamp, to last: Timestamp) -> Bool {
        guard first != .unknown, tally.first != .unknown else { return true }
        // Times come from the input: saturate rather than trap.
        return first <= tally.last.advanced(bySeconds: limits.gapSeconds)
            && last >= tally.first.advanced(bySeconds: -limits.gapSeconds)
    }
}

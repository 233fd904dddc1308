// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma
import Strategies

/// What an open alert says, as small as it can be kept; what each repeat changes is kept beside it by `OpenAlerts`.
struct OpenAlert: Sendable {
    let template: AlertTemplate
    var priority: AlertPriority
    let suppressed: Suppression.Agreement?
    let entity: Entity
    let why: [Explanation]
    let correlation: CorrelationDetail?
    /// Given when the alert opens.
    let id: String
    /// In the order they were seen.
    var events: [PackedEvent]
    /// Where among the events the latest sample is; nil as long as all of them are first ones.
    var sample: Int?
    /// How many events were kept because they differ.
    var differingEvents = 0

    /// Opens an alert with a finding; of its events the first `mostEvents` are kept, and the last.
    init(
        _ finding: Finding, _ template: AlertTemplate, entity: Entity, first: Timestamp, mostEvents: Int, isAlone: Bool
    ) {
        self.template = template
        priority = finding.priority
        suppressed = finding.suppression
        self.entity = entity
        why = finding.reasons.prefix(Explanation.most).map(Explanation.init)
        correlation = finding.correlation
        events = finding.events
        if let latest = events.last, events.count > mostEvents {
            events.removeSubrange(mostEvents...)
            sample = events.count
            events.append(latest)
        }
        id = Self.identity(finding, entity: entity, first: first, isAlone: isAlone)
    }

    /// Keeps the event of a repeat: as one of the first, or in place of the latest sample.
    mutating func keep(_ event: PackedEvent, first most: Int) {
        if hasFirstEvents(most) {
            if let sample { events.remove(at: sample) }
            sample = events.count
        }
        events.append(event)
    }

    /// Whether there are as many first events as are kept.
    func hasFirstEvents(_ most: Int) -> Bool { events.count - differingEvents >= most }

    /// Whether another event may be kept because it differs.
    func hasRoomForDiffering(_ limits: AlertFolder.Limits) -> Bool { differingEvents < limits.differingEvents }

    /// Keeps the event of a repeat for good, because it differs from those before.
    mutating func keepDiffering(_ event: PackedEvent) {
        differingEvents += 1
        events.append(event)
    }

    /// About how many bytes of memory it holds.
    var footprint: Int {
        let reasons = why.reduce(512) { $0 + $1.value.utf8.count + $1.pattern.utf8.count + 128 }
        return events.reduce(reasons) { $0 + $1.footprint }
    }

    /// The alert for people.
    func alert(_ tally: OpenAlerts.Tally, _ values: DifferingValues, _ sources: SourceCounts, _ names: Vocabulary)
        -> Alert
    {
        let shown = events.map(\.snapshot)
        return Alert(
            id: id, rule: template.rule, priority: priority, suppressed: suppressed, strategy: template.strategy,
            guidance: template.guidance?.filled(for: template.metadata, event: shown.first) ?? Guidance(),
            attack: template.attack, count: tally.count, firstSeen: tally.first == .unknown ? nil : tally.first,
            lastSeen: tally.last == .unknown ? nil : tally.last, entity: entity, why: why, correlation: correlation,
            source: shown.first.map { .init(path: $0.path, position: $0.position, logsource: $0.logsource) },
            differing: values.differing(first: events.first, names: names), sources: sources.sources(names: names),
            moreSources: sources.more, events: shown)
    }

    /// FNV-1a over rule, entity and first time, and what else keeps alerts apart.
    ///
    /// Without a time the first event's position tells alerts apart; where nothing is folded its place does so as well.
    private static func identity(_ finding: Finding, entity: Entity, first: Timestamp, isAlone: Bool) -> String {
        var hash = FNV128()
        hash.add(finding.rule.identifier)
        hash.add(finding.correlation == nil ? "rule" : "correlation")
        hash.add(entity.kind.rawValue)
        for entry in entity.fields.entries {
            hash.add(entry.name)
            for value in entry.values { hash.add(value.scalarText ?? "") }
        }
        let event = finding.events.first
        hash.add(first == .unknown ? "position \(event?.position ?? 0)" : first.rfc3339)
        if let criterion = finding.priority.criterion { hash.add("criterion \(criterion)") }
        if let suppressed = finding.suppression { hash.add("suppressed \(suppressed.id)") }
        if isAlone, let event {
            hash.add("event \(event.position)")
            hash.add(event.path)
            hash.add(event.logsource)
        }
        return hash.description
    }
}

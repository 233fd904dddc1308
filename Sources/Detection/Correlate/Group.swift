// SPDX-License-Identifier: Apache-2.0
import DequeModule
import Events
import Sigma

/// The state of one correlation for one group: what lies in the window, kept up to date event by event.
struct Group {
    private struct Entry {
        var time: Int64
        var key: UInt64
        var number: Double
    }

    private var window = Deque<Entry>()
    private var occurrences: [UInt64: Int] = [:]
    private var sum = 0.0
    private var sorted = SortedValues()
    /// For each member: time of its latest event.
    private var latest: [Int64]
    /// For each number of steps taken in order.
    private var chain: [Step]
    private var memberEvents: [MemberEvent?]
    private var recentEvents: [MemberEvent] = []
    private(set) var lastTime = Int64.min
    /// Whether the condition held at the group's previous event.
    var isHolding = false

    /// A step of an ordered chain.
    private struct Step {
        /// The latest possible time of the chain's first step.
        var start = Group.never
        /// The same before the event `identity` took this step.
        var startBefore = Group.never
        var identity: UInt64 = 0

        func start(without event: UInt64) -> Int64 { identity == event ? startBefore : start }

        mutating func take(_ start: Int64, _ event: UInt64) {
            if identity != event {
                startBefore = self.start
                identity = event
            }
            self.start = start
        }
    }

    private static let never = Int64.min
    private static let recentMost = 4

    init(members: Int) {
        latest = Array(repeating: Self.never, count: members)
        chain = Array(repeating: Step(), count: members)
        memberEvents = Array(repeating: nil, count: members)
    }

    /// How many window entries the group holds, for the memory bound.
    var size: Int { window.count + latest.count }

    /// What an event contributes.
    struct Contribution {
        /// The members it matched, by position.
        var members: [Int]
        /// Tells events apart.
        var identity: UInt64
        /// Hash of the counted values.
        var key: UInt64
        /// The number summed or ranked.
        var number: Double
    }

    mutating func add(_ contribution: Contribution, time: Int64, span: Int64, kind: Correlation.Kind, events: [MemberEvent]) {
        if lastTime != Self.never, time - lastTime >= span { isHolding = false }
        lastTime = time
        let start = time.subtractingReportingOverflow(span)
        let oldest = start.overflow ? Int64.min : start.partialValue
        switch kind {
        case .temporal, .temporalOrdered, .temporalExtended, .temporalOrderedExtended:
            for member in contribution.members.sorted(by: >) {
                latest[member] = time
                let start = member == 0 ? time : chain[member - 1].start(without: contribution.identity)
                if start > oldest { chain[member].take(start, contribution.identity) }
                memberEvents[member] = events.first
            }
        default:
            expire(oldest, kind)
            window.append(Entry(time: time, key: contribution.key, number: contribution.number))
            switch kind {
            case .valueCount: occurrences[contribution.key, default: 0] += 1
            case .valueSum, .valueAverage: sum += contribution.number
            case .valuePercentile, .valueMedian: sorted.insert(contribution.number)
            default: break
            }
            recentEvents += events
            if recentEvents.count > Self.recentMost { recentEvents.removeFirst(recentEvents.count - Self.recentMost) }
        }
    }

    private mutating func expire(_ oldest: Int64, _ kind: Correlation.Kind) {
        while let first = window.first, first.time <= oldest {
            window.removeFirst()
            switch kind {
            case .valueCount:
                if let count = occurrences[first.key] { occurrences[first.key] = count > 1 ? count - 1 : nil }
            case .valueSum, .valueAverage: sum -= first.number
            case .valuePercentile, .valueMedian: sorted.remove(first.number)
            default: break
            }
        }
        // Differences of floating-point sums drift; an empty window is the moment to begin anew.
        if window.isEmpty { sum = 0 }
    }

    /// The measured value at the group's last event.
    func measured(_ correlation: Correlation, span: Int64) -> Double {
        switch correlation.kind {
        case .eventCount: Double(window.count)
        case .valueCount: Double(occurrences.count)
        case .valueSum: sum
        case .valueAverage: sum / Double(window.count)
        case .valuePercentile: sorted.percentile(correlation.percentile ?? 95)
        case .valueMedian: sorted.median
        default: Double(membersSeen(span: span).count(where: { $0 }))
        }
    }

    /// For each member whether it was seen within the window.
    func membersSeen(span: Int64) -> [Bool] {
        latest.map { $0 != Self.never && $0 > lastTime - span }
    }

    /// Whether the members were seen in their order within the window.
    func isInOrder(span: Int64) -> Bool {
        guard let last = chain.last else { return false }
        return last.start != Self.never && last.start > lastTime - span
    }

    /// The events to show when the condition begins to hold.
    var evidence: [MemberEvent] {
        let ofMembers = memberEvents.compactMap { $0 }
        return ofMembers.isEmpty ? recentEvents : ofMembers
    }
}

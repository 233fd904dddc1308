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
    private var chain: OrderedChain?
    private var memberEvents: [MemberEvent?]
    private var recentEvents: [MemberEvent] = []
    private(set) var lastTime = Int64.min
    /// Whether the condition held at the group's previous event.
    var isHolding = false
    /// Whether every hit was excused then.
    var wasExcused = false
    /// Time of the latest hit that was not excused.
    private var latestUnexcused = Int64.min

    private static let never = Int64.min
    private static let recentMost = 4

    init(_ kind: Correlation.Kind, members: Int) {
        latest = Array(repeating: Self.never, count: members)
        memberEvents = Array(repeating: nil, count: members)
        switch kind {
        case .temporalOrdered: chain = OrderedChain(members: members, keepsChoices: false)
        case .temporalOrderedExtended: chain = OrderedChain(members: members, keepsChoices: true)
        default: chain = nil
        }
    }

    /// How many window entries the group holds, for the memory bound.
    var size: Int { window.count + latest.count }

    /// What one match of an event contributes.
    struct Contribution {
        /// The places in the list of members that it fills.
        var members: [Int]
        /// Hash of the counted values.
        var key: UInt64
        /// The number summed or ranked.
        var number: Double
        /// The events to show for it.
        var events: [MemberEvent]
        /// Whether it is known to be benign.
        var isExcused = false
    }

    /// Takes all matches of one event, for the condition is looked at once after them.
    mutating func add(_ contributions: [Contribution], time: Int64, in correlation: CompiledCorrelation) {
        if lastTime != Self.never, Self.isOutside(lastTime, at: time, correlation.span) { isHolding = false }
        lastTime = time
        let oldest = Self.oldest(at: time, correlation.span)
        if !contributions.allSatisfy(\.isExcused) { latestUnexcused = time }
        if correlation.isTemporal {
            for contribution in contributions {
                for member in contribution.members {
                    latest[member] = time
                    memberEvents[member] = contribution.events.last
                }
            }
            chain?.add(contributions.flatMap(\.members), time: time, oldest: oldest) { correlation.representative[$0] }
        } else {
            expire(oldest, correlation.source.kind)
            for contribution in contributions { count(contribution, time, correlation.source.kind) }
        }
    }

    private mutating func count(_ contribution: Contribution, _ time: Int64, _ kind: Correlation.Kind) {
        window.append(Entry(time: time, key: contribution.key, number: contribution.number))
        switch kind {
        case .valueCount: occurrences[contribution.key, default: 0] += 1
        case .valueSum, .valueAverage: sum += contribution.number
        case .valuePercentile, .valueMedian: sorted.insert(contribution.number)
        default: break
        }
        recentEvents += contribution.events
        if recentEvents.count > Self.recentMost { recentEvents.removeFirst(recentEvents.count - Self.recentMost) }
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
    func measured(_ correlation: CompiledCorrelation) -> Double {
        switch correlation.source.kind {
        case .eventCount: Double(window.count)
        case .valueCount: Double(occurrences.count)
        case .valueSum: sum
        case .valueAverage: sum / Double(window.count)
        case .valuePercentile: sorted.percentile(correlation.source.percentile ?? 50)
        case .valueMedian: sorted.median
        default: Double(membersSeen(correlation.span).count(where: { $0 }))
        }
    }

    /// For each member whether it was seen within the window.
    func membersSeen(_ span: Int64) -> [Bool] {
        latest.map { $0 != Self.never && !Self.isOutside($0, at: lastTime, span) }
    }

    /// Whether every hit within the window is excused.
    func isExcused(_ span: Int64) -> Bool {
        latestUnexcused == Self.never || Self.isOutside(latestUnexcused, at: lastTime, span)
    }

    /// Whether the members were seen in their order within the window.
    func isInOrder(_ span: Int64) -> Bool { chain?.isComplete(after: Self.oldest(at: lastTime, span)) ?? false }

    /// The choices of members (a bit each) that were seen in their order within the window.
    func choicesInOrder(_ span: Int64) -> [Int] { chain?.choices(after: Self.oldest(at: lastTime, span)) ?? [] }

    /// The events to show when the condition begins to hold.
    var evidence: [MemberEvent] {
        let ofMembers = memberEvents.compactMap { $0 }
        return ofMembers.isEmpty ? recentEvents : ofMembers
    }

    /// The latest time that is outside of the window that ends at `time`.
    private static func oldest(at time: Int64, _ span: Int64) -> Int64 {
        let (start, overflowed) = time.subtractingReportingOverflow(span)
        return overflowed ? .min : start
    }

    private static func isOutside(_ earlier: Int64, at time: Int64, _ span: Int64) -> Bool {
        earlier <= oldest(at: time, span)
    }
}

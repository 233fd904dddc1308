// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Readers

/// What goes through the conveyor's stages at a time: one unit of usual size, or several small ones.
///
/// Going from stage to stage costs as much as some dozen events. Small files and the chunks of event logs would pay
/// that for a handful of events each; so units follow one another into a bundle until it is worth the way.
struct UnitBundle: Sendable {
    /// A unit and what the engine found in it.
    struct Load: Sendable {
        var unit = InputUnit()
        var matches: [Match] = []
        /// What time it is with this unit.
        var time = StreamTime.recorded

        /// About how many bytes its buffers take.
        fileprivate var footprint: Int {
            unit.batch.bytes.capacity + unit.batch.slots.capacity * MemoryLayout<Slot>.stride
        }
    }

    private var loads: [Load] = []
    /// How many of the loads are in use; the others keep their buffers.
    private var count = 0

    /// The most units of a bundle.
    static let mostUnits = 16
    /// The most bytes of buffers a unit that is not the first keeps from one use to the next.
    static let keptSize = 1 << 20

    /// With this many bytes it takes no more units.
    private let fullSize: Int

    /// Makes an empty bundle for units of at most about `unitSize` bytes.
    init(unitSize: Int) { fullSize = unitSize / 2 }

    /// Takes the next units in place of those it had, showing each to `note`; gives the source's last answer.
    ///
    /// A unit that only says what time it is comes last.
    mutating func fill<Source: EventSource>(
        from source: inout Source, _ note: (borrowing InputUnit) throws -> Void
    ) throws -> SourceAnswer {
        // Only the first place keeps what a large unit needed, else all of them would hold as much in the end.
        for index in 1..<max(1, count) where loads[index].footprint > Self.keptSize { loads[index] = Load() }
        count = 0
        var size = 0
        while count == 0 || (count < Self.mostUnits && size < fullSize) {
            if count == loads.count { loads.append(Load()) }
            let answer = source.next(&loads[count].unit)
            if answer == .ended { return .ended }
            try note(loads[count].unit)
            size += loads[count].unit.size
            count += 1
            if answer != .unit { return answer }
        }
        return .unit
    }

    /// Whether it took nothing.
    var isEmpty: Bool { count == 0 }

    /// Works on each unit in order.
    mutating func forEach(_ work: (inout Load) throws -> Void) rethrows {
        for index in 0..<count { try work(&loads[index]) }
    }
}

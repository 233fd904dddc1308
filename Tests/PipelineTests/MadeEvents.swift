// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Pipeline
import Readers

/// A source of events that were made, as a sensor's are: nothing has to be read.
struct MadeEvents: EventSource {
    private var batches: [EventBatch]

    init(_ batches: [EventBatch]) { self.batches = batches.reversed() }

    var descriptors: [Int32] { [] }

    mutating func next(_ unit: inout InputUnit) -> SourceAnswer {
        guard let batch = batches.popLast() else { return .ended }
        unit = InputUnit()
        unit.batch = batch
        return .unit
    }
}

extension DetectionPipeline {
    /// Takes in batches that were made; gives the alerts that closed because of them.
    func process(_ batches: [EventBatch]) -> [Alert] {
        var source = MadeEvents(batches)
        var alerts: [Alert] = []
        let run = Run { changes in alerts += changes.filter { $0.kind == .closed }.map(\.alert) }
        do {
            _ = try self.run(&source, reader: UnitReader(vocabulary: vocabulary), run)
        } catch {
            preconditionFailure("\(error)")
        }
        return alerts
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Readers

/// Gives the units of a journal again, as they were, and leaves the source where it stood after the last of them.
struct ReplayedSource<Source: ResumableSource>: EventSource {
    var source: Source
    /// Why a unit could not be given again; then nothing more is given.
    private(set) var failure: StateError?
    private let units: [[UInt8]]
    private let vocabulary: Vocabulary
    private var next = 0

    init(_ source: Source, units: [[UInt8]], vocabulary: Vocabulary) {
        self.source = source
        self.units = units
        self.vocabulary = vocabulary
    }

    var descriptors: [Int32] { [] }

    mutating func next(_ unit: inout InputUnit) -> SourceAnswer {
        guard failure == nil, next < units.count else { return .ended }
        var state = StateReader(units[next], vocabulary: vocabulary)
        next += 1
        do throws(StateError) {
            try source.replay(&unit, from: &state)
            return .unit
        } catch {
            failure = error
            return .ended
        }
    }
}

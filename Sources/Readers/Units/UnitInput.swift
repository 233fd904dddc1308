// SPDX-License-Identifier: Apache-2.0
import Events

/// One input of a run, shared by its units: what it holds, and the reader that must see its records in order.
///
/// SAFETY: what changes is only touched by `settle`, which runs for one unit at a time, and between units, when the state
/// is saved; whoever moves units between threads orders one call before the next.
final class UnitInput: @unchecked Sendable {
    /// What the input turned out to be; nil when it could not be opened.
    let content: InputContent?
    private let vocabulary: Vocabulary
    private var reader = OrderedReader.none

    init(_ content: InputContent?, vocabulary: Vocabulary, logSource: LogSource?) {
        self.content = content
        self.vocabulary = vocabulary
        if let content { reader = OrderedReader(content, vocabulary: vocabulary, logSource: logSource) }
    }

    /// Does what must be done in order.
    func settle(_ unit: inout InputUnit) {
        if unit.isEnd {
            reader.finish(&unit)
            return
        }
        reader.read(&unit)
        if unit.arrived != .unknown {
            reader.advance(to: StreamTime(watermark: .unknown, now: unit.arrived), &unit)
        }
    }

    /// What the reader keeps back, for another run; call when all units were settled.
    var pending: [UInt8] {
        var writer = StateWriter(vocabulary: vocabulary)
        reader.save(to: &writer)
        return writer.bytes
    }

    /// Takes up what the reader of the same input kept back in another run.
    func restore(_ pending: [UInt8]) throws(StateError) {
        guard !pending.isEmpty else { return }
        var state = StateReader(pending, vocabulary: vocabulary)
        try reader.restore(from: &state)
        guard state.isAtEnd else { throw .torn }
    }
}

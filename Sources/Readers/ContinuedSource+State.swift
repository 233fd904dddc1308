// SPDX-License-Identifier: Apache-2.0
import Events

extension ContinuedSource: ResumableSource {
    /// Writes where reading stands in each file, and what its reader keeps back.
    public func save(to state: inout StateWriter) {
        // What was not named this time may be the next.
        let all = before.filter { after[$0.key] == nil }.merging(after) { $1 }
        state.write(all.sorted { $0.key < $1.key }) { state, known in
            known.value.record.save(to: &state)
            state.write(known.value.input?.pending) { $0.write($1) }
        }
    }

    /// Takes up where another run stood.
    public mutating func restore(from state: inout StateReader) throws(StateError) {
        for _ in 0..<(try state.readCount(size: 4)) {
            let record = try LogRecord(from: &state)
            let pending = try state.readOptional { state throws(StateError) in try state.readBytes() }
            var known = Known(record: record)
            if let pending {
                let input = UnitInput(record.content, vocabulary: vocabulary, logSource: logSource)
                try input.restore(pending)
                known.input = input
            }
            before[record.path] = known
        }
    }

    /// Fills the unit as it was when it was saved, and stands where the source stood then.
    public mutating func replay(_ unit: inout InputUnit, from state: inout StateReader) throws(StateError) {
        let (hasInput, content) = try unit.restore(from: &state)
        guard hasInput else { return }
        let path = unit.batch.path
        let input = before[path]?.input ?? UnitInput(content, vocabulary: vocabulary, logSource: logSource)
        unit.input = input
        guard let standing = unit.standing else { return }
        before[path] = Known(record: standing, input: input)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

extension Enricher {
    /// Writes the processes and what is known of them; what was made of command lines is made again when it is needed.
    public func save(to writer: inout StateWriter) { processes.save(to: &writer) }

    /// Takes up what was saved, in the place of everything known so far.
    ///
    /// - Throws: `StateError.torn`; then nothing has changed.
    public mutating func restore(from reader: inout StateReader) throws(StateError) {
        var fresh = ProcessTable(limits: limits)
        try fresh.restore(from: &reader)
        processes = fresh
    }
}

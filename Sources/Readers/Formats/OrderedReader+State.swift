// SPDX-License-Identifier: Apache-2.0
import Events

extension OrderedReader {
    /// Writes what is kept back.
    func save(to writer: inout StateWriter) {
        switch self {
        case .audit(let reader): reader.save(to: &writer)
        case .text(let reader): reader.audit.save(to: &writer)
        case .wrapped(let readers): for reader in readers { reader.save(to: &writer) }
        case .none: break
        }
    }

    /// Takes up what the reader of the same input kept back in another run.
    mutating func restore(from state: inout StateReader) throws(StateError) {
        switch self {
        case .audit(let reader): try reader.restore(from: &state)
        case .text(let reader): try reader.audit.restore(from: &state)
        case .wrapped(var readers):
            for index in readers.indices { try readers[index].restore(from: &state) }
            self = .wrapped(readers)
        case .none: break
        }
    }
}

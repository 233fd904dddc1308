// SPDX-License-Identifier: Apache-2.0
import Events

extension OrderedReader {
    /// Time has passed: gives what was kept back for longer than its rest takes to arrive.
    mutating func advance(to time: StreamTime, _ unit: inout InputUnit) {
        // The payload is given away while it is changed; see `read`.
        switch self {
        case .audit(let reader): reader.advance(to: time, into: &unit.batch, report: &unit.reading)
        case .text(var reader):
            self = .none
            reader.advance(to: time, into: &unit.batch, report: &unit.reading)
            self = .text(reader)
        case .wrapped(var readers):
            self = .none
            for index in readers.indices {
                readers[index].advance(to: time, into: &unit.batch, report: &unit.reading)
            }
            self = .wrapped(readers)
        case .none: break
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

/// Reads the records of units as far as each is understood without its neighbours; each thread has one of its own.
public struct UnitReader {
    private var readers: StandaloneReaders

    /// Makes a reader; `logSource` is for formats that do not tell their own.
    public init(vocabulary: Vocabulary, logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions()) {
        readers = StandaloneReaders(vocabulary: vocabulary, logSource: logSource, evtx: evtx)
    }

    /// Makes the events that need no order; `InputUnit.settle` makes the others.
    public mutating func read(_ unit: inout InputUnit) {
        guard !unit.isEnd, let kind = unit.input?.content?.handling.standalone else { return }
        readers.read(&unit, as: kind)
    }
}

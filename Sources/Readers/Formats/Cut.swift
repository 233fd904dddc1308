// SPDX-License-Identifier: Apache-2.0

/// What is cut of an input at a time.
enum Cut: Sendable {
    /// Whole records, which lie in the batch's bytes.
    case records([Record])
    /// A chunk of a Windows event log, which brings its own bytes.
    case chunk(EVTXChunk)

    static let nothing = Cut.records([])

    /// How many records it is known to hold; those of a chunk are only found when it is read.
    var recordCount: Int {
        if case .records(let records) = self { records.count } else { 0 }
    }

    /// Whether there is nothing in it.
    var isEmpty: Bool { recordCount == 0 && ownSize == 0 }

    /// Its bytes that do not lie in the batch.
    var ownSize: Int {
        if case .chunk(let chunk) = self { chunk.count } else { 0 }
    }

    /// Gives away the memory of a list of records, so that it is neither shared nor copied.
    mutating func takeRecords() -> [Record] {
        guard case .records(var records) = self else { return [] }
        self = .nothing
        records.removeAll(keepingCapacity: true)
        return records
    }

    /// Gives away the memory of a chunk, so that it is neither shared nor copied.
    mutating func takeChunk() -> EVTXChunk {
        guard case .chunk(let chunk) = self else { return EVTXChunk(index: -1, offset: 0, bytes: []) }
        self = .nothing
        return chunk
    }
}

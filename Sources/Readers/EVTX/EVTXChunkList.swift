// SPDX-License-Identifier: Apache-2.0

/// A few chunks of a log that are read at once; their memory is kept for the next ones.
struct EVTXChunkList: Sendable {
    /// The most chunks: some hundred events.
    private static let most = 4

    private var chunks: [EVTXChunk] = []
    private var count = 0

    /// Whether there are none.
    var isEmpty: Bool { count == 0 }

    /// The chunks, in order.
    var all: ArraySlice<EVTXChunk> { chunks[..<count] }

    /// Forgets the chunks.
    mutating func removeAll() { count = 0 }

    /// Takes the next chunks of a log; false when there are none left.
    mutating func fill(from log: EVTXLog, _ report: inout ReadReport) -> Bool {
        count = 0
        while count < Self.most {
            if count == chunks.count { chunks.append(EVTXChunk(index: 0, offset: 0, bytes: [])) }
            guard log.read(into: &chunks[count], &report) else { break }
            // Space without records is nothing to read.
            if chunks[count].content != .unused { count += 1 }
        }
        return count > 0
    }
}

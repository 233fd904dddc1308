// SPDX-License-Identifier: Apache-2.0
import Events

/// Readers that wait for their next file, for runs over many: making one takes longer than reading a small file.
///
/// Belongs to one thread and one vocabulary.
public final class ReaderPool {
    let vocabulary: Vocabulary
    private var evtx: EVTXReader?
    private var chunk: EVTXChunk?

    /// Makes an empty pool.
    public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// A reader for event logs.
    func takeEVTX(_ options: EVTXOptions) -> EVTXReader {
        guard var taken = evtx else { return EVTXReader(vocabulary: vocabulary, options: options) }
        evtx = nil
        taken.options = options
        return taken
    }

    /// Memory for a chunk.
    func takeChunk() -> EVTXChunk {
        guard let taken = chunk else { return EVTXChunk(index: -1, offset: 0, bytes: []) }
        chunk = nil
        return taken
    }

    /// Takes a reader back.
    func give(_ reader: consuming EVTXReader) { evtx = reader }

    /// Takes a chunk's memory back.
    func give(_ chunk: consuming EVTXChunk) { self.chunk = chunk }
}

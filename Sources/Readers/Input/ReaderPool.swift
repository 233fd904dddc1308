// SPDX-License-Identifier: Apache-2.0
import Events

/// Readers that wait for their next file, for runs over many: making one takes longer than reading a small log.
///
/// Belongs to one thread and one vocabulary.
public final class ReaderPool {
    private let vocabulary: Vocabulary
    private var evtx: EVTXReader?
    private var chunks: EVTXChunkList?

    /// Makes an empty pool.
    public init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// A reader for event logs.
    func takeEVTX() -> EVTXReader { evtx.take() ?? EVTXReader(vocabulary: vocabulary) }

    /// Memory for chunks.
    func takeChunks() -> EVTXChunkList { chunks.take() ?? EVTXChunkList() }

    /// Takes a reader back.
    func give(_ reader: consuming EVTXReader) { evtx = reader }

    /// Takes memory back.
    func give(_ list: consuming EVTXChunkList) { chunks = list }
}

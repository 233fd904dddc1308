// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The events of one log, chunk by chunk: of a file by position, of a pipe or compressed file as they come.
final class EVTXLog {
    private let file: EVTXFile?
    private let stream: TextStream?
    private let path: String
    private let readers: ReaderPool
    private var reader: EVTXReader
    private var chunk: EVTXChunk
    /// Bytes of the stream that are not of the next chunk.
    private var pending: [UInt8] = []
    private var ended = false
    /// How far into the file reading has come, in bytes of the file.
    private(set) var position: UInt64 = 0

    /// Takes a log on disk.
    init(path: String, _ file: EVTXFile, _ readers: ReaderPool, _ options: EVTXOptions, _ report: inout ReadReport) {
        self.path = path
        self.file = file
        self.readers = readers
        stream = nil
        reader = readers.takeEVTX(options)
        chunk = readers.takeChunk()
        chunk.index = -1
        report.bytes += UInt64(file.start)
        check(file.header, options, &report)
    }

    /// Takes a log that comes as a stream.
    init(
        path: String, _ stream: TextStream, _ readers: ReaderPool, _ options: EVTXOptions, _ report: inout ReadReport
    ) {
        self.path = path
        self.stream = stream
        self.readers = readers
        file = nil
        reader = readers.takeEVTX(options)
        chunk = readers.takeChunk()
        chunk.index = -1
        while pending.count < EVTXFileHeader.size, fill(&report) {}
        let start = EVTXFile.firstChunk(pending.span)
        check(EVTXFileHeader(pending.span), options, &report)
        pending.removeSubrange(..<min(Int(start), pending.count))
        chunk.offset = UInt64(start)
    }

    private func check(_ header: EVTXFileHeader?, _ options: EVTXOptions, _ report: inout ReadReport) {
        if header == nil {
            report.add(
                .malformed, path: path, position: 0, "the file has no header of an event log; its chunks were searched")
        } else if options.verifiesChecksums, header?.hasValidChecksum == false {
            report.add(.malformed, path: path, position: 0, "the checksum of the file's header does not match")
        }
    }

    /// Replaces the batch's content with the events of the next chunk that has some; false when there is none.
    func next(_ batch: inout EventBatch, _ report: inout ReadReport) -> Bool {
        batch.removeAll()
        batch.path = path
        while !ended {
            guard advance(&report) else {
                ended = true
                readers.give(reader, chunk)
                break
            }
            reader.read(chunk, into: &batch, report: &report)
            if !batch.events.isEmpty { return true }
        }
        return false
    }

    private func advance(_ report: inout ReadReport) -> Bool {
        if let file {
            guard file.read(chunk.index + 1, into: &chunk) else { return false }
            // Space that was never written to is passed over as fast, and is part of the file, too.
            let size = min(UInt64(EVTXChunk.size), file.size - min(chunk.offset, file.size))
            report.bytes += size
            position = chunk.offset + size
            return true
        }
        while pending.count < EVTXChunk.size, fill(&report) {}
        guard !pending.isEmpty else { return false }
        let offset = chunk.offset + (chunk.index < 0 ? 0 : UInt64(EVTXChunk.size))
        chunk = EVTXChunk(index: chunk.index + 1, offset: offset, bytes: Array(pending.prefix(EVTXChunk.size)))
        pending.removeSubrange(..<chunk.count)
        position = stream?.consumed ?? 0
        return true
    }

    private func fill(_ report: inout ReadReport) -> Bool {
        (stream?.read(onto: &pending, atMost: EVTXChunk.size, report: &report) ?? 0) > 0
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The events of one log, chunk by chunk: of a file by position, of a pipe or compressed file as they come.
final class EVTXLog {
    private let file: EVTXFile?
    private let stream: TextStream
    private let path: String
    private let readers: ReaderPool
    private var reader: EVTXReader
    private var chunk = EVTXChunk(index: -1, offset: 0, bytes: [])
    /// Bytes of the stream that are not of the next chunk.
    private var pending: [UInt8] = []
    private var ended = false
    /// How far into the file reading has come, in bytes of the file.
    private(set) var position: UInt64 = 0

    /// Opens the log that `stream` has begun to show.
    init(
        path: String, _ stream: TextStream, _ readers: ReaderPool, _ options: EVTXOptions, _ report: inout ReadReport
    ) throws(InputError) {
        self.path = path
        self.stream = stream
        self.readers = readers
        file = stream.isPlainFile && path != "-" ? try EVTXFile(path: path) : nil
        reader = readers.takeEVTX(options)
        let header: EVTXFileHeader?
        if let file {
            // What was looked at to find the format is read again.
            report.bytes = UInt64(file.start)
            header = file.header
        } else {
            while pending.count < EVTXFileHeader.size, fill(&report) {}
            header = EVTXFileHeader(pending.span)
            let start = EVTXFile.firstChunk(pending.span)
            pending.removeSubrange(..<min(Int(start), pending.count))
            chunk.offset = UInt64(start)
        }
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
                readers.give(reader)
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
            report.bytes += UInt64(chunk.bytes.count)
            position = chunk.offset + UInt64(chunk.bytes.count)
            return true
        }
        while pending.count < EVTXChunk.size, fill(&report) {}
        guard !pending.isEmpty else { return false }
        if chunk.index >= 0 { chunk.offset += UInt64(EVTXChunk.size) }
        chunk.index += 1
        chunk.bytes.removeAll(keepingCapacity: true)
        chunk.bytes.append(contentsOf: pending.prefix(EVTXChunk.size))
        pending.removeSubrange(..<chunk.bytes.count)
        position = stream.consumed
        return true
    }

    private func fill(_ report: inout ReadReport) -> Bool {
        stream.read(onto: &pending, atMost: EVTXChunk.size, report: &report) > 0
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Gives the chunks of one log one after the other: of a file by position, of a pipe or compressed file as they come.
final class EVTXChunkCutter {
    private let file: EVTXFile?
    private let stream: TextStream?
    private let path: String
    /// The number of the chunk that comes next.
    private(set) var next = 0
    private var offset: UInt64 = 0
    /// Bytes of the stream that are not of the next chunk.
    private var pending: [UInt8] = []
    /// How far into the file reading has come, in bytes of the file.
    private(set) var position: UInt64 = 0

    /// Takes a log on disk.
    init(path: String, _ file: EVTXFile, _ options: EVTXOptions, _ report: inout ReadReport) {
        self.path = path
        self.file = file
        stream = nil
        report.bytes += UInt64(file.start)
        check(file.header, options, &report)
    }

    /// Takes a log that comes as a stream.
    init(path: String, _ stream: TextStream, _ options: EVTXOptions, _ report: inout ReadReport) {
        self.path = path
        self.stream = stream
        file = nil
        while pending.count < EVTXFileHeader.size, fill(&report) {}
        let start = EVTXFile.firstChunk(pending.span)
        check(EVTXFileHeader(pending.span), options, &report)
        pending.removeSubrange(..<min(Int(start), pending.count))
        offset = UInt64(start)
    }

    private func check(_ header: EVTXFileHeader?, _ options: EVTXOptions, _ report: inout ReadReport) {
        if header == nil {
            report.add(
                .malformed, path: path, position: 0, "the file has no header of an event log; its chunks were searched")
        } else if options.verifiesChecksums, header?.hasValidChecksum == false {
            report.add(.malformed, path: path, position: 0, "the checksum of the file's header does not match")
        }
    }

    /// Passes over chunks that were read before.
    func skip(_ count: Int) {
        if file != nil {
            next = max(next, count)
            return
        }
        var unheard = ReadReport()
        var chunk = EVTXChunk(index: -1, offset: 0, bytes: [])
        while next < count, cut(&chunk, &unheard) {}
    }

    /// Reads the next chunk, over what `chunk` held before; false when there is none.
    func cut(_ chunk: inout EVTXChunk, _ report: inout ReadReport) -> Bool {
        if let file {
            guard file.read(next, into: &chunk) else { return false }
            next += 1
            // Space that was never written to is passed over as fast, and is part of the file, too.
            let size = min(UInt64(EVTXChunk.size), file.size - min(chunk.offset, file.size))
            report.bytes += size
            position = chunk.offset + size
            return true
        }
        while pending.count < EVTXChunk.size, fill(&report) {}
        guard !pending.isEmpty else { return false }
        chunk = EVTXChunk(index: next, offset: offset, bytes: Array(pending.prefix(EVTXChunk.size)))
        next += 1
        offset += UInt64(EVTXChunk.size)
        pending.removeSubrange(..<chunk.count)
        position = stream?.consumed ?? 0
        return true
    }

    private func fill(_ report: inout ReadReport) -> Bool {
        (stream?.read(onto: &pending, atMost: EVTXChunk.size, report: &report) ?? 0) > 0
    }
}

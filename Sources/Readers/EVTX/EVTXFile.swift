// SPDX-License-Identifier: Apache-2.0
import Bytes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A Windows event log on disk, of which any chunk can be read at any time, by several threads at once.
///
/// Chunks are read with `pread(2)` into memory that stays in the cache, not mapped: a mapped log that is cut short while
/// it is read would end the program with SIGBUS, and copying 64 KiB costs less than taking its page faults.
package final class EVTXFile: Sendable {
    private let number: Int32
    /// The file's header; nil when it is damaged or missing.
    package let header: EVTXFileHeader?
    /// Where the chunks begin.
    let start: Int64
    /// How many chunks the file has room for, whatever its header says.
    package let chunkCount: Int

    /// Opens a log.
    package init(path: String) throws(InputError) {
        number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        if number < 0 { throw InputError.last() }
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else {
            let error = InputError.last()
            close(number)
            throw error
        }
        var head: [UInt8] = []
        _ = Self.read(number, from: 0, count: EVTXFileHeader.size, into: &head)
        header = EVTXFileHeader(head.span)
        start = Self.firstChunk(head.span)
        let size = EVTXChunk.size
        let space = max(0, Int(status.st_size) - Int(start))
        chunkCount = space / size + (space % size > 0 ? 1 : 0)
    }

    deinit { if number >= 0 { close(number) } }

    /// Where the first chunk is in a file that begins so: chunks that were cut out of a log have no header before them.
    static func firstChunk(_ head: Span<UInt8>) -> Int64 {
        startsWith(head, "ElfChnk\0") ? 0 : Int64(EVTXFileHeader.size)
    }

    /// Reads a chunk, over what `chunk` held before; false when the file has none there.
    package func read(_ index: Int, into chunk: inout EVTXChunk) -> Bool {
        guard index >= 0, index < chunkCount else { return false }
        let offset = start + Int64(index) * Int64(EVTXChunk.size)
        chunk.index = index
        chunk.offset = UInt64(offset)
        return Self.read(number, from: offset, count: EVTXChunk.size, into: &chunk.bytes)
    }

    /// Reads up to `count` bytes over what `bytes` holds; false when there are none.
    private static func read(_ number: Int32, from offset: Int64, count: Int, into bytes: inout [UInt8]) -> Bool {
        if bytes.count < count { bytes.append(contentsOf: repeatElement(0, count: count - bytes.count)) }
        var filled = 0
        while filled < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                // SAFETY: the buffer has `count` bytes, `filled` of which are taken.
                unsafe pread(
                    number, buffer.baseAddress.map { unsafe $0 + filled }, count - filled, off_t(offset) + off_t(filled)
                )
            }
            if got < 0, errno == EINTR { continue }
            if got <= 0 { break }
            filled += got
        }
        if filled < bytes.count { bytes.removeSubrange(filled...) }
        return filled > 0
    }
}

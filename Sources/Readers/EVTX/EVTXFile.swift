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
    /// The file's length in bytes when it was opened.
    let size: UInt64
    /// How many chunks the file has room for, whatever its header says.
    package let chunkCount: Int

    /// Opens a log.
    package init(path: String) throws(InputError) {
        number = unsafe systemOpen(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        if number < 0 { throw InputError.last() }
        var status = stat()
        guard unsafe fstat(number, &status) == 0 else {
            let error = InputError.last()
            close(number)
            throw error
        }
        var head = [UInt8](repeating: 0, count: EVTXFileHeader.size)
        let got = Self.read(number, 0..<head.count, at: 0, into: &head)
        header = EVTXFileHeader(head.span.extracting(0..<got))
        start = Self.firstChunk(head.span)
        size = UInt64(max(0, status.st_size))
        let space = max(0, Int(status.st_size) - Int(start))
        chunkCount = space / EVTXChunk.size + (space % EVTXChunk.size > 0 ? 1 : 0)
    }

    deinit { if number >= 0 { close(number) } }

    /// Where the first chunk is in a file that begins so: chunks that were cut out of a log have no header before them.
    static func firstChunk(_ head: Span<UInt8>) -> Int64 {
        startsWith(head, "ElfChnk\0") ? 0 : Int64(EVTXFileHeader.size)
    }

    /// Reads a chunk, over what `chunk` held before; false when the file has none there.
    ///
    /// What lies behind the records is not read, nor is space that, as far as header and first bytes tell, was never
    /// written to.
    package func read(_ index: Int, into chunk: inout EVTXChunk) -> Bool {
        guard index >= 0, index < chunkCount else { return false }
        let size = EVTXChunk.size
        let offset = start + Int64(index) * Int64(size)
        let missing = size - chunk.storage.count
        if missing > 0 { chunk.storage.append(contentsOf: repeatElement(0, count: missing)) }
        chunk.index = index
        chunk.offset = UInt64(offset)
        chunk.isCut = false
        chunk.count = 0
        chunk.count = fill(&chunk, to: EVTXChunk.headerSize)
        let content = chunk.content
        if content == .unused, let header, index >= header.chunkCount { return chunk.count > 0 }
        if content == .records {
            // In a log that was not closed records may go on behind their noted end.
            let end = min(chunk.recordsEnd + 4, size)
            chunk.count = fill(&chunk, to: end)
            // SAFETY: bytes have no padding, so all of them may be looked at.
            if unsafe chunk.storage.span.bytes.unsigned32(end - 4) != EVTXReader.signature {
                chunk.isCut = chunk.count < end - 4
                return true
            }
        }
        chunk.count = fill(&chunk, to: size)
        chunk.isCut = chunk.count < size
        return chunk.count > 0
    }

    /// Reads a chunk's bytes up to a place in it; gives how many it then has.
    private func fill(_ chunk: inout EVTXChunk, to end: Int) -> Int {
        guard chunk.count < end else { return chunk.count }
        return chunk.count + Self.read(number, chunk.count..<end, at: Int64(chunk.offset), into: &chunk.storage)
    }

    /// A log, if that is what a path leads to: a file, neither pipe nor compressed, that begins as one.
    static func open(_ path: String) -> EVTXFile? {
        var status = stat()
        guard path != "-", unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        do throws(InputError) {
            let file = try EVTXFile(path: path)
            return file.header == nil ? nil : file
        } catch {
            return nil
        }
    }

    /// Reads a range of what begins at `offset` in the file to the same place in `bytes`; gives how many were there.
    private static func read(_ number: Int32, _ range: Range<Int>, at offset: Int64, into bytes: inout [UInt8]) -> Int {
        var at = range.lowerBound
        while at < range.upperBound {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                // SAFETY: the buffer reaches to the range's end.
                unsafe pread(
                    number, buffer.baseAddress.map { unsafe $0 + at }, min(range.upperBound, buffer.count) - at,
                    off_t(offset) + off_t(at))
            }
            if got < 0, errno == EINTR { continue }
            if got <= 0 { break }
            at += got
        }
        return at - range.lowerBound
    }
}

/// `open(2)`, named so that the method above does not hide it.
@unsafe private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { unsafe open(path, flags) }

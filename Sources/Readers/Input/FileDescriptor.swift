// SPDX-License-Identifier: Apache-2.0
import Files

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Why an input could not be opened or read.
package struct InputError: Error {
    /// What the system said, for people.
    package var message: String

    /// The error `errno` holds now.
    static func last() -> InputError { of(errno) }

    /// The error behind one of the system's numbers.
    static func of(_ code: Int32) -> InputError {
        // SAFETY: strerror gives a C string; it is copied at once.
        InputError(message: unsafe String(cString: strerror(code)))
    }
}

/// An open file, pipe or terminal, closed with its last reference.
final class FileDescriptor {
    /// The system's number of it.
    let number: Int32
    private let owned: Bool
    /// Whether what is read is gone, and there may be nothing to read as yet.
    let isPipe: Bool
    /// What the kernel writes into; appending from here costs a copy, but no clearing of memory first.
    private var block: [UInt8] = []

    /// Opens a file for reading; `-` is standard input.
    init(path: String) throws(InputError) {
        if path == "-" {
            number = 0
            owned = false
            // A file may stand behind it; its place in it is the caller's, so it is read as a pipe all the same.
            isPipe = true
            return
        }
        number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        owned = true
        isPipe = false
        if number < 0 { throw InputError.last() }
    }

    /// Opens a named pipe without waiting for somebody to write into it.
    init(pipe path: String) throws(InputError) {
        // Opened for writing as well it has no end that would have to be waited out (fifo(7)).
        let both = unsafe open(path, O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        number = unsafe both >= 0 ? both : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        owned = true
        isPipe = true
        if number < 0 { throw InputError.last() }
    }

    /// Whether reading gives bytes, or the end, without waiting.
    var isReadable: Bool {
        guard isPipe else { return true }
        var asked = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&asked, 1, 0) > 0
    }

    /// Goes to a place in a file.
    func seek(to offset: UInt64) throws(InputError) {
        if lseek(number, off_t(clamping: offset), SEEK_SET) < 0 { throw InputError.last() }
    }

    /// The bytes at a place in a file; fewer where it ends, none when it cannot be read.
    func bytes(at offset: UInt64, count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let got = unsafe bytes.withUnsafeMutableBytes { buffer in
            // SAFETY: the kernel writes at most as many bytes as the buffer has.
            unsafe pread(number, buffer.baseAddress, buffer.count, off_t(clamping: offset))
        }
        bytes.removeLast(count - max(0, got))
        return bytes
    }

    deinit { if owned, number >= 0 { close(number) } }

    /// Appends up to `count` bytes; gives how many, 0 at the end.
    func read(onto bytes: inout [UInt8], atMost count: Int) throws(InputError) -> Int {
        if block.count < count { block = [UInt8](repeating: 0, count: count) }
        var got = -1
        repeat {
            got = unsafe block.withUnsafeMutableBytes { buffer in
                // SAFETY: the kernel writes at most `count` bytes, and the block has that many.
                unsafe systemRead(number, buffer.baseAddress, min(count, buffer.count))
            }
        } while got < 0 && errno == EINTR
        if got < 0 { throw InputError.last() }
        bytes.append(contentsOf: block[..<got])
        return got
    }

    /// Seconds since the epoch of the last change; nil for pipes and terminals.
    var modified: Int64? {
        var status = stat()
        guard unsafe fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        #if canImport(Glibc)
            return Int64(status.st_mtim.tv_sec)
        #else
            return Int64(status.st_mtimespec.tv_sec)
        #endif
    }
}

/// `read(2)`, named so that the method above does not hide it.
@unsafe private func systemRead(_ number: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    unsafe read(number, buffer, count)
}

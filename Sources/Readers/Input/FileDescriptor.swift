// SPDX-License-Identifier: Apache-2.0

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
    private let number: Int32
    private let owned: Bool
    /// What the kernel writes into; appending from here costs a copy, but no clearing of memory first.
    private var block: [UInt8] = []

    /// Opens a file for reading; `-` is standard input.
    init(path: String) throws(InputError) {
        if path == "-" {
            number = 0
            owned = false
            return
        }
        number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        owned = true
        if number < 0 { throw InputError.last() }
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

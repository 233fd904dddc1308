// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Reading and writing whole files by their descriptors.
///
/// The system's calls themselves: for thousands of small files Foundation's cost many times the reading.
package enum FileContent {
    /// The system's number for what went wrong.
    struct Failure: Error {
        var code: Int32
    }

    /// Reads what is left of a file; fails with `EFBIG` when it is more than `limit` bytes.
    static func read(_ descriptor: Int32, limit: Int) throws(Failure) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(code: errno) }
        guard status.st_size <= limit else { throw Failure(code: EFBIG) }
        // One byte more, so that the end of a file of the size it says is found by the same call.
        var capacity = Int(status.st_size) + 1
        var content: [UInt8] = []
        while true {
            var failure: Int32 = 0
            var isDone = false
            let part = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                while count < buffer.count && !isDone {
                    #if canImport(Glibc)
                        let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                    #else
                        let got = Darwin.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                    #endif
                    if got > 0 {
                        count += got
                    } else if got == 0 {
                        isDone = true
                    } else if errno != EINTR {
                        failure = errno
                        isDone = true
                    }
                }
            }
            guard failure == 0 else { throw Failure(code: failure) }
            if content.isEmpty { content = part } else { content += part }
            guard content.count <= limit else { throw Failure(code: EFBIG) }
            if isDone { return content }
            capacity = 64 << 10
        }
    }

    /// Writes all bytes; gives 0 or the number of what went wrong.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                #if canImport(Glibc)
                    let count = Glibc.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                #else
                    let count = Darwin.write(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
                #endif
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return count < 0 ? errno : EIO }
                done += count
            }
            return 0
        }
    }

    #if canImport(Glibc)
        /// The limit on the size of files, as `getrlimit` names it.
        static let sizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
        /// The limit on the size of files, as `getrlimit` names it.
        static let sizeLimit = RLIMIT_FSIZE
    #endif
}

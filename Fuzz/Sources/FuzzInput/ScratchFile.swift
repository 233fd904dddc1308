// SPDX-License-Identifier: Apache-2.0
import FuzzSupport

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A temporary file that is written over for each input; its name is gone from the start, so nothing is left behind.
final class ScratchFile: Sendable {
    private let number: Int32
    /// Where it can be opened.
    let path: String

    init() {
        var name = Array("/tmp/vedette-fuzz-XXXXXX".utf8CString)
        number = mkstemp(&name)
        Invariants.require(number >= 0, "no temporary file can be made")
        unlink(name)
        path = "/dev/fd/\(number)"
    }

    /// Replaces the content.
    func fill(_ bytes: ArraySlice<UInt8>) {
        // SAFETY: the buffer is what the slice lends for the time of the call.
        let written = bytes.withUnsafeBytes { pwrite(number, $0.baseAddress, $0.count, 0) }
        Invariants.require(
            written == bytes.count && ftruncate(number, off_t(bytes.count)) == 0, "the file cannot be written")
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Sigma

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file to which entries are only ever added: what was taken in since the last checkpoint, before anything came of it.
///
/// An entry is its length (eight bytes, little-endian), its bytes, and SipHash-2-4-128 of both. A process that is killed
/// while it writes leaves half an entry, of which nothing had come yet: reading ends before it.
final class UnitJournal {
    private let descriptor: Int32
    private let name: String
    /// Bytes written so far.
    private(set) var size: UInt64 = 0
    private var scratch: [UInt8] = []

    private static let sealSize = SipHash.byteCount

    /// Makes a journal in a folder, empty whatever was there.
    init(_ name: String, in folder: PrivateFolder) throws(StateError) {
        self.name = name
        descriptor = openat(
            folder.descriptor, name, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC,
            mode_t(S_IRUSR | S_IWUSR))
        guard descriptor >= 0 else { throw StateError(.unusable, "\(name) cannot be made: \(Self.reason(errno))") }
    }

    deinit { close(descriptor) }

    /// Adds an entry; once this returns it outlives the process.
    func append(_ entry: [UInt8]) throws(StateError) {
        scratch.removeAll(keepingCapacity: true)
        for shift in stride(from: 0, to: 64, by: 8) {
            scratch.append(UInt8(truncatingIfNeeded: entry.count >> shift))
        }
        scratch += entry
        if let seal = StateFile.seal { scratch += seal.digest(scratch.span).bytes }
        let failure = FileContent.write(scratch, to: descriptor)
        guard failure == 0 else {
            throw StateError(.unusable, "\(name) cannot be written: \(Self.reason(failure))")
        }
        size += UInt64(scratch.count)
    }

    /// The whole entries of a journal's bytes, in order.
    static func entries(of bytes: [UInt8]) -> [Range<Int>] {
        var entries: [Range<Int>] = []
        var start = 0
        while bytes.count - start >= 8 + sealSize {
            let length = (0..<8).reduce(0 as UInt64) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
            guard length <= UInt64(bytes.count - start - 8 - sealSize) else { break }
            let end = start + 8 + Int(length)
            guard let seal = StateFile.seal,
                seal.digest(bytes.span.extracting(start..<end)).bytes == Array(bytes[end..<end + sealSize])
            else { break }
            entries.append(start + 8..<end)
            start = end + sealSize
        }
        return entries
    }

    private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}

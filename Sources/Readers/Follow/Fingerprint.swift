// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What stood before a place in a file, to tell whether it still does: a file may be emptied and written anew, and have
/// grown past the place again.
struct Fingerprint: Sendable, Hashable {
    /// How many bytes before the place it is of.
    var count: Int
    /// Their hash (64 bits, FNV-1a as `hashBytes` has it).
    var hash: UInt64

    /// The most bytes looked at.
    static let longest = 1024

    /// What stands before the start of a file.
    static let nothing = Fingerprint(of: EmptyCollection())

    /// Of bytes that are in memory.
    init(of bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        count = bytes.count
        hash = hashBytes(bytes.span)
    }

    /// Of the bytes before a place in an open file; fewer when the file is shorter.
    init(_ file: FileDescriptor, before offset: UInt64) {
        let count = min(Int(clamping: offset), Self.longest)
        self.init(of: file.bytes(at: offset - UInt64(count), count: count))
    }

    /// Whether the same bytes stand before a place in an open file.
    func holds(_ file: FileDescriptor, before offset: UInt64) -> Bool {
        guard UInt64(count) <= offset else { return false }
        return Fingerprint(of: file.bytes(at: offset - UInt64(count), count: count)) == self
    }

    /// Writes it.
    func save(to writer: inout StateWriter) {
        writer.write(count)
        writer.write(fixed: hash)
    }

    /// Reads one.
    init(from state: inout StateReader) throws(StateError) {
        count = try state.readInt(in: 0..<Self.longest + 1)
        hash = try state.readFixed()
    }
}

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
/// | bytes | what |
/// |---|---|
/// | 8 | length of the entry, little-endian |
/// | 8 | half of SipHash-2-4-128 of the length |
/// | n | the entry; the first is the version of the form and the digest of the rules |
/// | 16 | SipHash-2-4-128 of all that |
///
/// A process that is killed while it writes leaves the beginning of an entry, of which nothing had come yet: reading ends
/// before it. Anything else that does not fit is damage.
package final class UnitJournal {
    private let descriptor: Int32
    private let name: String
    /// Bytes written so far.
    private(set) var size: UInt64 = 0
    private var scratch: [UInt8] = []

    private static let sealSize = SipHash.byteCount

    /// Makes a journal in a folder, empty whatever was there.
    package init(_ name: String, in folder: PrivateFolder, digest: SipHash.Digest) throws(StateError) {
        self.name = name
        descriptor = openat(
            folder.descriptor, name, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW | O_CLOEXEC,
            mode_t(S_IRUSR | S_IWUSR))
        guard descriptor >= 0 else { throw StateError(.unusable, "\(name) cannot be made: \(Self.reason(errno))") }
        try append(Self.first(digest))
    }

    private static func first(_ digest: SipHash.Digest) -> [UInt8] { word(StateWriter.version) + digest.bytes }

    deinit { close(descriptor) }

    /// Adds an entry; once this returns it outlives the process.
    package func append(_ entry: [UInt8]) throws(StateError) {
        scratch.removeAll(keepingCapacity: true)
        scratch += Self.head(entry.count)
        scratch += entry
        if let seal = StateFile.seal { scratch += seal.digest(scratch.span).bytes }
        let failure = FileContent.write(scratch, to: descriptor)
        guard failure == 0 else {
            throw StateError(.unusable, "\(name) cannot be written: \(Self.reason(failure))")
        }
        size += UInt64(scratch.count)
    }

    /// The whole entries of a journal's bytes, in order; `digest` is that of the rules they must be for, nil for any.
    package static func entries(
        of bytes: [UInt8], name: String, digest: SipHash.Digest?
    ) throws(StateError) -> ArraySlice<Range<Int>> {
        var entries: [Range<Int>] = []
        var start = 0
        while bytes.count - start >= headSize {
            let head = Array(bytes[start..<start + headSize])
            let length = (0..<8).reduce(0 as UInt64) { $0 | UInt64(head[$1]) << UInt64(8 * $1) }
            guard length <= UInt64(Int32.max), head == self.head(Int(length)) else { throw damaged(name) }
            let end = start + headSize + Int(length)
            guard end + sealSize <= bytes.count else { break }
            guard let seal = StateFile.seal,
                seal.digest(bytes.span.extracting(start..<end)).bytes == Array(bytes[end..<end + sealSize])
            else { throw damaged(name) }
            entries.append(start + headSize..<end)
            start = end + sealSize
        }
        guard let first = entries.first else { return [] }
        guard bytes[first].starts(with: word(StateWriter.version)) else {
            throw StateError(.otherVersion, "\(name) was written by another version of Vedette")
        }
        if let digest, !bytes[first].elementsEqual(self.first(digest)) {
            throw StateError(.otherRules, "\(name) belongs to other rules, strategies or options")
        }
        return entries.dropFirst()
    }

    private static let headSize = 16

    private static func head(_ count: Int) -> [UInt8] {
        let length = word(UInt64(count))
        return length + (StateFile.seal?.digest(of: length).bytes.prefix(8) ?? [])
    }

    private static func word(_ number: UInt64) -> [UInt8] {
        stride(from: 0 as UInt64, to: 64, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static func damaged(_ name: String) -> StateError {
        StateError(.torn, "\(name) is damaged: its seals do not fit its content")
    }

    private static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}

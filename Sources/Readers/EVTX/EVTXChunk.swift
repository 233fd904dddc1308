// SPDX-License-Identifier: Apache-2.0
import Bytes

/// One chunk of a Windows event log: 64 KiB with records, and everything needed to read them.
///
/// Names, templates and records refer to one another only within their chunk, so chunks can be read in any order and
/// on any thread, each thread with an `EVTXReader` of its own.
public struct EVTXChunk: Sendable {
    /// Bytes a chunk takes in its file.
    public static let size = 65_536
    /// Bytes of the header and its tables; records follow.
    static let headerSize = 512

    /// Its place among the file's chunks, from 0.
    public var index: Int
    /// Where it begins in the file, in bytes.
    public var offset: UInt64
    /// Whether the file ends in it.
    public var isCut: Bool
    /// Its bytes, as far as they are needed, and perhaps others behind them.
    var storage: [UInt8]
    /// How many bytes of the storage are the chunk's.
    var count: Int

    /// Takes a chunk's bytes; fewer than `size` when the file was cut.
    public init(index: Int, offset: UInt64, bytes: [UInt8]) {
        self.index = index
        self.offset = offset
        storage = bytes
        count = min(bytes.count, Self.size)
        isCut = bytes.count < Self.size
    }

    /// What a chunk's space holds.
    public enum Content: Sendable, Hashable {
        case records
        /// Nothing: logs are made longer before they are written to.
        case unused
        /// Something that does not begin as a chunk.
        case damaged
    }

    /// Looks at the first bytes.
    public var content: Content {
        // SAFETY: bytes have no padding, so all of them may be looked at.
        let raw = unsafe storage.span.bytes.extracting(0..<count)
        // `ElfChnk` and NUL.
        if raw.byteCount >= Self.headerSize, raw.unsigned64(0) == 0x006B_6E68_4366_6C45 { return .records }
        var index = 0
        while index &+ 8 <= raw.byteCount {
            if raw.unsigned64(index) != 0 { return .damaged }
            index &+= 8
        }
        while index < raw.byteCount {
            if raw.unsigned8(index) != 0 { return .damaged }
            index &+= 1
        }
        return .unused
    }

    /// Where the chunk's header says that the records end.
    var recordsEnd: Int {
        // SAFETY: as above.
        let raw = unsafe storage.span.bytes.extracting(0..<count)
        return min(max(Int(raw.unsigned32(48)), Self.headerSize), Self.size)
    }

    /// Whether the checksums of header and records hold (libevtx, section 3).
    ///
    /// A log that is being written to has chunks whose checksums are not up to date.
    public var hasValidChecksums: Bool {
        guard content == .records, recordsEnd <= count else { return false }
        // SAFETY: as above.
        let raw = unsafe storage.span.bytes.extracting(0..<count)
        let header = EVTXChecksum.of(
            raw.extracting(128..<Self.headerSize), after: EVTXChecksum.of(raw.extracting(0..<120)))
        return header == raw.unsigned32(124)
            && EVTXChecksum.of(raw.extracting(Self.headerSize..<recordsEnd)) == raw.unsigned32(52)
    }
}

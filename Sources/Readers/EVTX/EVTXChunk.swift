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
    /// Its bytes; fewer than `size` when the file was cut.
    public var bytes: [UInt8]

    /// Takes a chunk's bytes.
    public init(index: Int, offset: UInt64, bytes: [UInt8]) {
        self.index = index
        self.offset = offset
        self.bytes = bytes
    }

    /// What a chunk's space holds.
    public enum Content: Sendable, Hashable {
        case records
        /// Nothing: logs are made longer before they are written to.
        case unused
        /// Something that is no chunk.
        case damaged
    }

    /// Looks at the first bytes.
    public var content: Content {
        if startsWith(bytes.span, "ElfChnk\0"), bytes.count >= Self.headerSize { return .records }
        for byte in bytes where byte != 0 { return .damaged }
        return .unused
    }

    /// Where the chunk's header says that the records end.
    var recordsEnd: Int {
        // SAFETY: bytes have no padding, so all of them may be looked at.
        min(max(Int(unsafe bytes.span.bytes.unsigned32(48)), Self.headerSize), bytes.count)
    }

    /// Whether the checksums of header and records hold (libevtx, section 3).
    ///
    /// A log that is being written to has chunks whose checksums are not up to date.
    public var hasValidChecksums: Bool {
        guard content == .records else { return false }
        // SAFETY: as above.
        let raw = unsafe bytes.span.bytes
        let header = EVTXChecksum.of(
            raw.extracting(128..<Self.headerSize), after: EVTXChecksum.of(raw.extracting(0..<120)))
        return header == raw.unsigned32(124)
            && EVTXChecksum.of(raw.extracting(Self.headerSize..<recordsEnd)) == raw.unsigned32(52)
    }
}

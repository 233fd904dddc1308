// SPDX-License-Identifier: Apache-2.0
import Bytes
import CZlib

/// The header of a Windows event log (libevtx, "Windows XML Event Log format", section 2).
public struct EVTXFileHeader: Sendable, Hashable {
    /// Bytes the header takes in the file; chunks follow.
    public static let size = 4096

    /// Number the next record would get.
    public var nextRecord: UInt64
    /// How many chunks the writer had counted; stale in a log that was not closed.
    public var chunkCount: Int
    /// Whether the log was being written to when it was copied, so that the counts are stale.
    public var isDirty: Bool
    /// Whether the checksum over the header's fields holds.
    public var hasValidChecksum: Bool

    /// Reads the header at the start of a file; nil when it is none.
    public init?(_ bytes: Span<UInt8>) {
        guard bytes.count >= 128, startsWith(bytes, "ElfFile\0") else { return nil }
        // SAFETY: bytes have no padding, so all of them may be looked at.
        let raw = unsafe bytes.bytes
        nextRecord = raw.unsigned64(24)
        chunkCount = Int(raw.unsigned16(42))
        isDirty = raw.unsigned32(120) & 1 != 0
        hasValidChecksum = EVTXChecksum.of(raw.extracting(0..<120)) == raw.unsigned32(124)
    }
}

/// The format's checksums: the CRC-32 of zlib (ITU-T V.42).
enum EVTXChecksum {
    /// The checksum of some bytes, going on from that of the bytes before them.
    static func of(_ bytes: RawSpan, after: UInt32 = 0) -> UInt32 {
        unsafe bytes.withUnsafeBytes { buffer in
            // SAFETY: zlib reads as many bytes as the buffer has; a chunk is far below its 4 GiB.
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return UInt32(
                truncatingIfNeeded: unsafe crc32(UInt(after), start, UInt32(truncatingIfNeeded: buffer.count)))
        }
    }
}

/// Little-endian numbers at a place the caller has made sure of; outside the span they read as zero.
extension RawSpan {
    @inline(__always)
    func unsigned8(_ offset: Int) -> UInt8 {
        guard offset >= 0, offset < byteCount else { return 0 }
        // SAFETY: the byte lies in the span.
        return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
    }

    @inline(__always)
    func unsigned16(_ offset: Int) -> UInt16 {
        guard offset >= 0, offset <= byteCount &- 2 else { return 0 }
        // SAFETY: both bytes lie in the span.
        return UInt16(littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt16.self))
    }

    @inline(__always)
    func unsigned32(_ offset: Int) -> UInt32 {
        guard offset >= 0, offset <= byteCount &- 4 else { return 0 }
        // SAFETY: all four bytes lie in the span.
        return UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self))
    }

    @inline(__always)
    func unsigned64(_ offset: Int) -> UInt64 {
        guard offset >= 0, offset <= byteCount &- 8 else { return 0 }
        // SAFETY: all eight bytes lie in the span.
        return UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }
}

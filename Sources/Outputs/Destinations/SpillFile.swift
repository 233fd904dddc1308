// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation

/// Bytes put aside until they can be written: in memory while they are few, then in a temporary file that has no name,
/// so that nothing of it is left behind however the program ends.
final class SpillFile {
    private var pending: [UInt8] = []
    private var descriptor: Int32 = -1
    private(set) var size: Int64 = 0

    /// Bytes kept in memory before they go to the file.
    private static let mostPending = 1 << 20

    init() {}

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Adds bytes.
    func append(_ bytes: some Sequence<UInt8>) throws(OutputError) {
        pending.append(contentsOf: bytes)
        if pending.count >= Self.mostPending { try spill() }
    }

    /// Hands on all bytes in order, piece by piece.
    func forEachPiece(_ body: ([UInt8]) throws(OutputError) -> Void) throws(OutputError) {
        var offset: Int64 = 0
        while offset < size {
            let piece = try read(at: offset, most: Self.mostPending)
            offset += Int64(piece.count)
            try body(piece)
        }
        try body(pending)
    }

    /// Up to `most` bytes of what was spilt, from a place on.
    func read(at offset: Int64, most: Int) throws(OutputError) -> [UInt8] {
        let wanted = Int(min(Int64(most), size - offset))
        var piece = [UInt8](repeating: 0, count: wanted)
        var filled = 0
        while filled < wanted {
            let count = piece.withUnsafeMutableBytes { buffer in
                // SAFETY: filled is less than the buffer's size, and no more than the rest of it is read.
                pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, wanted - filled, off_t(offset) + off_t(filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("cannot be read") }
            filled += count
        }
        return piece
    }

    /// Moves what is in memory to the file, and gives the memory back: nothing more is added.
    func seal() throws(OutputError) {
        try spill()
        pending = []
    }

    private func spill() throws(OutputError) {
        if descriptor < 0 { descriptor = try Self.open() }
        var start = 0
        while start < pending.count {
            let count = pending.withUnsafeBytes { buffer in
                // SAFETY: start lies within the buffer, so the remaining bytes are readable.
                write(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure("cannot be written") }
            start += count
        }
        size += Int64(pending.count)
        pending.removeAll(keepingCapacity: true)
    }

    private static func open() throws(OutputError) -> Int32 {
        var path = Array(
            FileManager.default.temporaryDirectory.appendingPathComponent("vedette-XXXXXX").path.utf8CString)
        let descriptor = path.withUnsafeMutableBufferPointer { buffer in
            // SAFETY: the buffer is terminated by a zero, and the call keeps its length.
            buffer.baseAddress.map { mkstemp($0) } ?? -1
        }
        guard descriptor >= 0 else { throw failure("cannot be made") }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        path.withUnsafeBufferPointer { buffer in
            // SAFETY: the buffer is terminated by a zero.
            _ = buffer.baseAddress.map { unlink($0) }
        }
        return descriptor
    }

    private static func failure(_ what: String) -> OutputError {
        let number = errno
        return OutputError(
            number: number,
            description:
                "a temporary file \(what) (\(OutputError.message(number))); TMPDIR names a folder with more room")
    }
}

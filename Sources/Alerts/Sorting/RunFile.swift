// SPDX-License-Identifier: Apache-2.0
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A temporary file without a name, that holds sorted runs of alerts.
///
/// A run is a row of blocks: the length in eight bytes, then alerts as a `StateWriter` writes them. Each block can be
/// read alone, so that a reader holds one at a time.
final class RunFile {
    /// A run: from where to where it reaches in the file.
    typealias Run = Range<Int>

    private(set) var runs: [Run] = []
    private let descriptor: Int32
    private var size = 0

    /// A block is written when it is so large.
    private static let blockSize = 16 * 1024

    /// Makes an empty file in a folder.
    init(in folder: String?) throws(OutputError) {
        let folder = folder ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var path = Array((folder + "/vedette-alerts-XXXXXX").utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw Self.failure("make a temporary file in \(folder)", errno) }
        unlink(path)
    }

    deinit { close(descriptor) }

    /// Writes sorted alerts as one more run.
    func append(_ changes: [AlertChange]) throws(OutputError) {
        let start = size
        var index = 0
        while index < changes.count {
            // Nothing an alert says needs a vocabulary: its events have names.
            var writer = StateWriter(vocabulary: Self.vocabulary)
            while index < changes.count, writer.bytes.count < Self.blockSize {
                writer.write(changes[index].number)
                changes[index].alert.save(to: &writer)
                index += 1
            }
            let length = UInt64(writer.bytes.count)
            try write((0..<8).map { UInt8(truncatingIfNeeded: length >> UInt64(8 * $0)) } + writer.bytes)
        }
        runs.append(start..<size)
    }

    /// Reads so many bytes.
    func read(_ range: Range<Int>) throws(OutputError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: range.count)
        var done = 0
        while done < bytes.count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                // SAFETY: done lies within the buffer, so the rest of it is writable.
                pread(
                    descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done,
                    off_t(range.lowerBound + done))
            }
            if got > 0 {
                done += got
            } else if got == 0 || errno != EINTR {
                throw Self.failure("read alerts back from a temporary file", got == 0 ? EIO : errno)
            }
        }
        return bytes
    }

    /// Blocks know all their names.
    static let vocabulary = Vocabulary()

    /// What to do about a failure.
    static func failure(_ what: String, _ number: Int32) -> OutputError {
        // SAFETY: strerror gives a valid, terminated string for every number.
        let reason = strerror(number).map { String(cString: $0) } ?? "error \(number)"
        return OutputError(
            number: number,
            description: "cannot \(what): \(reason); there are more alerts than memory is kept for, so there must be "
                + "room for them on disk: set TMPDIR to a folder with more room")
    }

    private func write(_ bytes: [UInt8]) throws(OutputError) {
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes { buffer in
                // SAFETY: done lies within the buffer, so the rest of it is readable.
                pwrite(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(size + done))
            }
            if put > 0 {
                done += put
            } else if put == 0 || errno != EINTR {
                throw Self.failure("write alerts to a temporary file", put == 0 ? EIO : errno)
            }
        }
        size += bytes.count
    }
}

/// Reads the alerts of a run one after the other, a block at a time.
final class RunReader {
    private let file: RunFile
    private var rest: RunFile.Run
    private var block = StateReader([], vocabulary: RunFile.vocabulary)

    init(_ file: RunFile, _ run: RunFile.Run) {
        self.file = file
        rest = run
    }

    /// The next alert; nil at the end of the run.
    func next() throws(OutputError) -> AlertChange? {
        if block.isAtEnd {
            guard !rest.isEmpty else { return nil }
            let start = rest.lowerBound + 8
            let length = try file.read(rest.lowerBound..<start).reversed().reduce(0) { $0 << 8 | Int($1) }
            block = StateReader(try file.read(start..<start + length), vocabulary: RunFile.vocabulary)
            rest = start + length..<rest.upperBound
        }
        do {
            let number = try block.readUInt64()
            return AlertChange(.closed, number: number, alert: try Alert(from: &block))
        } catch {
            throw RunFile.failure("read alerts back from a temporary file", EIO)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The bytes of one input, decompressed.
///
/// Compression is told by its magic bytes, never by the name.
final class ByteStream {
    private enum Coding {
        case plain
        case gzip(GzipDecoder)
        case zstandard(ZstandardDecoder)
    }

    /// Nil when all bytes were in memory from the start.
    private let file: FileDescriptor?
    private let path: String
    private var coding = Coding.plain
    /// Read but not decoded; for a plain input only the few bytes looked at for the magic.
    private var pending: [UInt8] = []
    private var taken = 0
    /// What decoders write into.
    private var block: [UInt8] = []
    private var started = false
    private var ended = false
    /// Bytes taken from the file itself, before decompression; where the file was begun at a place in it, with those before.
    private(set) var consumed: UInt64 = 0
    /// Whether the file may grow: its end is then the end for now, and a pipe is never waited for.
    var isOpenEnded = false
    /// The place in the file behind which nothing is read.
    var limit = UInt64.max
    /// Whether a pipe has been closed by all who wrote into it.
    private(set) var isPipeClosed = false
    /// Whether the bytes are the file's as they are.
    var isPlain: Bool { if case .plain = coding { true } else { false } }

    /// Compressed bytes read at a time.
    private static let step = 64 << 10

    /// Reads a plain file from a place in it.
    init(_ file: FileDescriptor, path: String, from offset: UInt64) throws(InputError) {
        self.file = file
        self.path = path
        try file.seek(to: offset)
        consumed = offset
        started = true
    }

    /// Reads a file that is open, from its start.
    init(_ file: FileDescriptor, path: String, after pending: [UInt8] = []) {
        self.file = file
        self.path = path
        self.pending = pending
    }

    /// Reads bytes that are in memory.
    init(bytes: [UInt8]) {
        file = nil
        path = ""
        pending = bytes
        ended = true
    }

    /// Seconds since the epoch of the last change, where there is such a thing.
    var modified: Int64? { file?.modified }

    /// Appends up to `count` decompressed bytes; gives how many, 0 at the end.
    ///
    /// Damage ends the stream and is counted.
    func read(onto bytes: inout [UInt8], atMost count: Int, report: inout ReadReport) -> Int {
        if !started { start(&report) }
        let got: Int
        switch coding {
        case .plain: got = readPlain(onto: &bytes, atMost: count, &report)
        case .gzip(let decoder):
            got = decode(onto: &bytes, atMost: count, &report, atEnd: { decoder.atEnd }) {
                decoder.decode(&$0, from: &$1, onto: &$2, filled: &$3)
            }
        case .zstandard(let decoder):
            got = decode(onto: &bytes, atMost: count, &report, atEnd: { decoder.atEnd }) {
                decoder.decode(&$0, from: &$1, onto: &$2, filled: &$3)
            }
        }
        report.bytes += UInt64(got)
        return got
    }

    private func start(_ report: inout ReadReport) {
        started = true
        while pending.count < 4, fetch(&report) {}
        if pending.starts(with: [0x1F, 0x8B]) {
            coding = .gzip(GzipDecoder())
        } else if pending.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            coding = .zstandard(ZstandardDecoder())
        }
    }

    /// Reads the next step of the file; false at its end.
    private func fetch(_ report: inout ReadReport) -> Bool {
        guard !ended else { return false }
        pending.removeSubrange(0..<taken)
        taken = 0
        let got = readFile(onto: &pending, atMost: Self.step, &report)
        ended = got == 0 && !isOpenEnded
        return got > 0
    }

    private func readFile(onto bytes: inout [UInt8], atMost count: Int, _ report: inout ReadReport) -> Int {
        guard let file else { return 0 }
        do throws(InputError) {
            if isOpenEnded, !file.isReadable { return 0 }
            let most = min(count, Int(clamping: limit - min(limit, consumed)))
            let got = most > 0 ? try file.read(onto: &bytes, atMost: most) : 0
            if got == 0, file.isPipe { isPipeClosed = true }
            consumed += UInt64(got)
            return got
        } catch {
            report.add(.unreadable, path: path, position: 0, "reading failed: \(error.message)")
            return 0
        }
    }

    private func readPlain(onto bytes: inout [UInt8], atMost count: Int, _ report: inout ReadReport) -> Int {
        if taken < pending.count {
            let some = min(count, pending.count - taken)
            bytes.append(contentsOf: pending[taken..<taken + some])
            taken += some
            return some
        }
        pending = []
        taken = 0
        guard !ended else { return 0 }
        let got = readFile(onto: &bytes, atMost: count, &report)
        ended = got == 0 && !isOpenEnded
        return got
    }

    private func decode(
        onto bytes: inout [UInt8], atMost count: Int, _ report: inout ReadReport, atEnd: () -> Bool,
        _ step: (inout [UInt8], inout Int, inout [UInt8], inout Int) -> DecoderStep
    ) -> Int {
        if block.count != count { block = [UInt8](repeating: 0, count: count) }
        var filled = 0
        while true {
            if case .damaged = step(&pending, &taken, &block, &filled) {
                report.add(
                    .compression, path: path, position: 0,
                    "the compressed data is damaged; what came before it was read")
                close()
                break
            }
            if filled > 0 { break }
            if taken == pending.count, !fetch(&report) {
                if isOpenEnded { break }
                if !atEnd() {
                    report.add(.compression, path: path, position: 0, "the compressed data ends too early")
                }
                close()
                break
            }
        }
        bytes.append(contentsOf: block[..<filled])
        return filled
    }

    /// Nothing more will be read.
    private func close() {
        ended = true
        pending = []
        taken = 0
        coding = .plain
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Cuts text into records that end with a line feed or, for bare event XML, with `</Event>`.
///
/// A record is never split; one longer than the limit is counted and skipped without being held. Memory stays at about
/// the limit plus two chunks.
struct LineFramer {
    /// What ends a record.
    enum Terminator {
        /// LF or CRLF, which does not belong to the record; empty lines give no record but count as positions.
        case lineFeed
        /// `</Event>`, which does.
        case eventEnd
    }

    private let terminator: Terminator
    private let limits: InputLimits
    /// The start of a record whose end has not been read.
    private var carry: [UInt8] = []
    private var position: UInt64 = 0
    /// Inside a record that is too long.
    private var skipping = false
    private var ended = false

    /// Makes a framer at the start of an input.
    ///
    /// `skipped` is how many lines before it are already gone.
    init(_ terminator: Terminator = .lineFeed, limits: InputLimits = InputLimits(), skipped: UInt64 = 0) {
        self.terminator = terminator
        self.limits = limits
        position = skipped
    }

    /// Makes a framer at a place in an input.
    init(_ terminator: Terminator, limits: InputLimits, from position: ReadPosition) {
        self.init(terminator, limits: limits, skipped: position.record)
        skipping = position.isSkipping
    }

    /// The start of a record whose end has not been read: text that was taken but not handed over.
    var kept: [UInt8] { carry }

    /// Notes where in the input the framer stands, before what it keeps.
    func note(in place: inout ReadPosition) {
        place.record = position
        place.isSkipping = skipping
    }

    /// Puts the next records into the (empty) batch, followed by padding; false when there are none left.
    mutating func fill(
        _ batch: inout EventBatch, _ records: inout [Record], from stream: TextStream, report: inout ReadReport
    ) -> Bool {
        records.removeAll(keepingCapacity: true)
        batch.bytes.append(contentsOf: carry)
        carry.removeAll(keepingCapacity: true)
        var start = 0
        var scanned = batch.bytes.count
        while records.isEmpty, !ended {
            grow(&batch.bytes)
            let got = stream.read(onto: &batch.bytes, atMost: limits.chunk, report: &report)
            // What may grow has no end: what there is of a record waits for its rest.
            if got == 0, stream.isOpenEnded { break }
            ended = got == 0
            cut(&batch, &records, &start, from: scanned, &report)
            scanned = batch.bytes.count
            if scanned - start > limits.record, !skipping {
                position += 1
                tooLong(batch.path, &report)
                skipping = true
            }
            if skipping {
                // Of a record that is skipped only what may be the start of its terminator is of interest.
                batch.bytes.removeSubrange(start..<max(start, scanned - 7))
                scanned = batch.bytes.count
            } else if records.isEmpty, start > 0 {
                batch.bytes.removeSubrange(0..<start)
                scanned -= start
                start = 0
            }
        }
        if ended {
            rest(start..<batch.bytes.count, &batch, &records, &report)
        } else {
            carry.append(contentsOf: batch.bytes[start...])
            batch.bytes.removeSubrange(start...)
        }
        batch.bytes.append(contentsOf: repeatElement(0, count: EventBatch.padding))
        return !records.isEmpty
    }

    /// Room for another chunk: doubling as usual, but never far past the limit.
    private func grow(_ bytes: inout [UInt8]) {
        let needed = bytes.count + limits.chunk
        if needed > bytes.capacity {
            bytes.reserveCapacity(max(needed, min(bytes.capacity * 2, limits.record + 2 * limits.chunk)))
        }
    }

    private mutating func cut(
        _ batch: inout EventBatch, _ records: inout [Record], _ start: inout Int, from scanned: Int,
        _ report: inout ReadReport
    ) {
        var from = max(start, scanned - (terminator == .eventEnd ? 7 : 0))
        while let next = Self.end(terminator, in: batch.bytes, from: from) {
            from = next
            defer { start = next }
            if skipping {
                skipping = false
                continue
            }
            position += 1
            var end = next
            if terminator == .lineFeed {
                end -= 1
                if end > start, batch.bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            }
            let text = Self.trimmed(start..<end, terminator, batch.bytes)
            if text.isEmpty { continue }
            if end - start > limits.record {
                tooLong(batch.path, &report)
            } else {
                records.append(Record(range: text, position: position))
            }
        }
    }

    /// What stands behind the last terminator when the input ends.
    private mutating func rest(
        _ range: Range<Int>, _ batch: inout EventBatch, _ records: inout [Record], _ report: inout ReadReport
    ) {
        guard !skipping, !range.isEmpty else { return }
        position += 1
        if terminator == .lineFeed {
            let end = batch.bytes[range.upperBound - 1] == UInt8(ascii: "\r") ? range.upperBound - 1 : range.upperBound
            let text = Self.trimmed(range.lowerBound..<end, terminator, batch.bytes)
            if !text.isEmpty { records.append(Record(range: text, position: position)) }
            return
        }
        // Behind the last event of a document stand at most white space and the end tag of its root.
        var index = range.lowerBound
        while index < range.upperBound, batch.bytes[index] <= 0x20 { index += 1 }
        guard index < range.upperBound else { return }
        if index + 1 < range.upperBound, batch.bytes[index] == UInt8(ascii: "<"),
            batch.bytes[index + 1] == UInt8(ascii: "/")
        {
            return
        }
        report.records += 1
        report.add(.truncated, path: batch.path, position: position, "the input ends inside an event")
    }

    /// A line without the NUL bytes it begins with.
    ///
    /// A crash leaves them in a file, and so does emptying a file under its writer. No format has them.
    private static func trimmed(_ line: Range<Int>, _ terminator: Terminator, _ bytes: [UInt8]) -> Range<Int> {
        guard terminator == .lineFeed else { return line }
        var start = line.lowerBound
        while start < line.upperBound, bytes[start] == 0 { start &+= 1 }
        return start..<line.upperBound
    }

    private func tooLong(_ path: String, _ report: inout ReadReport) {
        report.records += 1
        let limit = limits.record
        report.add(.tooLong, path: path, position: position, "the record is longer than \(limit) bytes and was skipped")
    }

    /// Position behind the next terminator at or after `start`.
    private static func end(_ terminator: Terminator, in bytes: [UInt8], from start: Int) -> Int? {
        switch terminator {
        case .lineFeed: return find(UInt8(ascii: "\n"), in: bytes, from: start).map { $0 + 1 }
        case .eventEnd:
            var from = start
            while let open = find(UInt8(ascii: "<"), in: bytes, from: from) {
                if bytes.count - open < 8 { return nil }
                if bytes[open..<open + 8].elementsEqual("</Event>".utf8) { return open + 8 }
                from = open + 1
            }
            return nil
        }
    }
}

/// Position of the first `byte` at or after `start`, at the speed of `memchr(3)`.
func find(_ byte: UInt8, in bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    return unsafe bytes.withUnsafeBytes { buffer -> Int? in
        guard let base = buffer.baseAddress else { return nil }
        // SAFETY: `start` lies inside the buffer and the length is what is left behind it.
        guard let hit = unsafe memchr(base + start, Int32(byte), buffer.count - start) else { return nil }
        return unsafe UnsafeRawPointer(hit) - base
    }
}

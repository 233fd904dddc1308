// SPDX-License-Identifier: Apache-2.0
import Events

/// Cuts JSON that is not one document a line: pretty-printed or concatenated documents, and the elements of a top-level
/// array one by one.
///
/// After damage it goes on at the next line that starts with `{`. Memory stays at about the limit plus two chunks.
struct JSONDocumentFramer {
    private let limits: InputLimits
    private var scanner = JSONDocumentScanner()
    /// The start of a document whose end has not been read.
    private var carry: [UInt8] = []
    private var position: UInt64 = 0
    /// Inside a document that is too long and was already counted.
    private var skipping = false
    private var ended = false

    /// Makes a framer at the start of an input.
    init(limits: InputLimits = InputLimits()) { self.limits = limits }

    /// Makes a framer at a place in an input.
    init(limits: InputLimits, from place: ReadPosition) {
        self.limits = limits
        position = place.record
        skipping = place.isSkipping
        scanner = place.scanner
    }

    /// The start of a document whose end has not been read: text that was taken but not handed over.
    var kept: [UInt8] { carry }

    /// Notes where in the input the framer stands, before what it keeps.
    func note(in place: inout ReadPosition) {
        place.record = position
        place.isSkipping = skipping
        place.scanner = scanner
        guard !carry.isEmpty else { return }
        place.record -= 1
        place.scanner.goBackToStart()
    }

    /// Puts the next documents into the (empty) batch, followed by padding; false when there are none left.
    mutating func fill(
        _ batch: inout EventBatch, _ records: inout [Record], from stream: TextStream, report: inout ReadReport
    ) -> Bool {
        records.removeAll(keepingCapacity: true)
        batch.bytes.append(contentsOf: carry)
        var scanned = carry.count
        var open = scanner.isInside && !skipping ? 0 : -1
        carry.removeAll(keepingCapacity: true)
        while records.isEmpty, !ended {
            if open < 0 {
                batch.bytes.removeAll(keepingCapacity: true)
                scanned = 0
            }
            grow(&batch.bytes)
            let got = stream.read(onto: &batch.bytes, atMost: limits.chunk, report: &report)
            if got == 0, stream.isOpenEnded { break }
            ended = got == 0
            scan(batch.bytes.span, from: scanned, &open, &records, batch.path, &report)
            scanned = batch.bytes.count
            if open >= 0, scanned - open > limits.record {
                tooLong(batch.path, &report)
                skipping = true
                open = -1
            }
        }
        if ended { finish(batch.path, &report) }
        if open >= 0, !ended { carry.append(contentsOf: batch.bytes[open...]) }
        if let last = records.last { batch.bytes.removeSubrange(last.range.upperBound...) }
        batch.bytes.append(contentsOf: repeatElement(0, count: EventBatch.padding))
        return !records.isEmpty
    }

    private mutating func scan(
        _ bytes: Span<UInt8>, from start: Int, _ open: inout Int, _ records: inout [Record], _ path: String,
        _ report: inout ReadReport
    ) {
        var index = start
        while index < bytes.count {
            switch scanner.next(bytes[index]) {
            case .none: break
            case .begin:
                position += 1
                open = index
            case .end:
                if !skipping {
                    if index + 1 - open > limits.record {
                        tooLong(path, &report)
                    } else {
                        records.append(Record(range: open..<index + 1, position: position))
                    }
                }
                skipping = false
                open = -1
            case .damaged:
                // Damage between documents is a record of its own.
                if open < 0, !skipping { position += 1 }
                damaged(from: open, at: index, path, &report)
                open = -1
            case .damagedThenBegin:
                damaged(from: open, at: index, path, &report)
                position += 1
                open = index
            }
            index &+= 1
        }
    }

    private mutating func finish(_ path: String, _ report: inout ReadReport) {
        guard scanner.isInside || scanner.inArray else { return }
        if scanner.isInside {
            if !skipping { report.records += 1 }
            report.add(.truncated, path: path, position: position, "the input ends inside a document")
        } else {
            report.add(.truncated, path: path, position: position, "the input ends inside an array")
        }
        scanner = JSONDocumentScanner()
    }

    private mutating func damaged(from open: Int, at index: Int, _ path: String, _ report: inout ReadReport) {
        if !skipping, open >= 0, index - open > limits.record {
            // It was too long before it was damaged; the size of chunks must not decide which is told.
            tooLong(path, &report)
        } else if !skipping {
            report.records += 1
            report.add(
                .malformed, path: path, position: position,
                "not JSON; reading goes on at the next line that starts with {")
        }
        skipping = false
    }

    private func tooLong(_ path: String, _ report: inout ReadReport) {
        report.records += 1
        let limit = limits.record
        report.add(
            .tooLong, path: path, position: position, "the document is longer than \(limit) bytes and was skipped")
    }

    /// Room for another chunk: doubling as usual, but never far past the limit.
    private func grow(_ bytes: inout [UInt8]) {
        let needed = bytes.count + limits.chunk
        if needed > bytes.capacity {
            bytes.reserveCapacity(max(needed, min(bytes.capacity * 2, limits.record + 2 * limits.chunk)))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import HeapModule

/// Sorts pieces of bytes by a number, which may be more than memory holds.
///
/// Past a bound of memory, sorted runs go to temporary files and are merged in the end. Pieces of one number keep the order
/// in which they came.
struct SpillingSorter {
    private struct Piece {
        var key: Int64
        var bytes: [UInt8]
    }

    private let memory: Int
    private var pieces: [Piece] = []
    private var held = 0
    private var runs: [SpillFile] = []

    /// Runs that are merged into one when there are so many: each takes a descriptor and a buffer.
    private static let mostRuns = 64
    /// What a piece takes beside its bytes.
    private static let overhead = 64

    /// A sorter that holds about `memory` bytes.
    init(memory: Int) { self.memory = memory }

    /// Adds a piece.
    mutating func add(_ bytes: [UInt8], key: Int64) throws(OutputError) {
        pieces.append(Piece(key: key, bytes: bytes))
        held += bytes.count + Self.overhead
        if held > memory { try spill() }
    }

    /// Hands on all pieces in order, and forgets them.
    mutating func drain(_ body: ([UInt8]) throws(OutputError) -> Void) throws(OutputError) {
        guard !runs.isEmpty else {
            sort()
            for piece in pieces { try body(piece.bytes) }
            pieces = []
            held = 0
            return
        }
        try spill()
        try merge { (_, bytes) throws(OutputError) in try body(bytes) }
        runs = []
    }

    /// Goes through all runs in the order of their pieces.
    private func merge(_ body: (Int64, [UInt8]) throws(OutputError) -> Void) throws(OutputError) {
        var readers: [RunReader] = []
        var heap = Heap<Front>()
        for (number, run) in runs.enumerated() {
            var reader = RunReader(run)
            if let piece = try reader.next() { heap.insert(Front(key: piece.key, run: number, bytes: piece.bytes)) }
            readers.append(reader)
        }
        while let front = heap.popMin() {
            try body(front.key, front.bytes)
            guard let next = try readers[front.run].next() else { continue }
            heap.insert(Front(key: next.key, run: front.run, bytes: next.bytes))
        }
    }

    /// The next piece of a run; of equal numbers the earlier run's comes first.
    private struct Front: Comparable {
        var key: Int64
        var run: Int
        var bytes: [UInt8]

        static func < (a: Front, b: Front) -> Bool { (a.key, a.run) < (b.key, b.run) }
        static func == (a: Front, b: Front) -> Bool { (a.key, a.run) == (b.key, b.run) }
    }

    /// The standard library's sort keeps the order of equals, but does not promise it.
    private mutating func sort() {
        pieces = pieces.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }.map(\.element)
    }

    private mutating func spill() throws(OutputError) {
        sort()
        let run = SpillFile()
        for piece in pieces { try Self.append(piece.key, piece.bytes, to: run) }
        try run.seal()
        runs.append(run)
        pieces = []
        held = 0
        guard runs.count >= Self.mostRuns else { return }
        let merged = SpillFile()
        try merge { (key, bytes) throws(OutputError) in try Self.append(key, bytes, to: merged) }
        try merged.seal()
        runs = [merged]
    }

    /// A run is pieces one after the other: number, count of bytes, bytes.
    private static func append(_ key: Int64, _ bytes: [UInt8], to run: SpillFile) throws(OutputError) {
        var head: [UInt8] = []
        for number in [UInt64(bitPattern: key), UInt64(bytes.count)] {
            for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
                head.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        try run.append(head + bytes)
    }
}

/// Reads a run piece by piece.
private struct RunReader {
    private let run: SpillFile
    private var offset: Int64 = 0
    private var buffer: [UInt8] = []
    private var at = 0

    private static let step = 64 * 1024

    init(_ run: SpillFile) { self.run = run }

    mutating func next() throws(OutputError) -> (key: Int64, bytes: [UInt8])? {
        guard try fill(16) else { return nil }
        let (key, count) = (number(at), Int(number(at + 8)))
        at += 16
        guard try fill(count) else { return nil }
        defer { at += count }
        return (Int64(bitPattern: key), Array(buffer[at..<at + count]))
    }

    private mutating func fill(_ wanted: Int) throws(OutputError) -> Bool {
        guard buffer.count - at < wanted else { return true }
        buffer.removeSubrange(..<at)
        at = 0
        let piece = try run.read(at: offset, most: max(wanted, Self.step))
        offset += Int64(piece.count)
        buffer += piece
        return buffer.count >= wanted
    }

    private func number(_ start: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(buffer[start + $1]) << UInt64(8 * $1) }
    }
}

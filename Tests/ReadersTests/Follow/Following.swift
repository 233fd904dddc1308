// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers

/// Drives a source the way a run does, and keeps what it gives.
struct Following {
    var source: FollowedSource
    let vocabulary = Vocabulary()
    private var reader: UnitReader
    private var unit = InputUnit()
    /// The records events were made of, in order, each behind its path's last part and its number.
    private(set) var seen: [String] = []
    /// The same, the records alone.
    var records: [String] { seen.map { $0.split(separator: " ", maxSplits: 1).last.map(String.init) ?? "" } }
    /// Log sources of events made of several records.
    private(set) var derived: [String] = []
    private(set) var report = ReadReport()
    private(set) var ends: [String] = []
    private(set) var arrivals: [Timestamp] = []
    private(set) var hasEnded = false
    /// Units as a journal keeps them, since the state was saved last.
    var journal: [[UInt8]] = []

    /// Limits under which everything is looked at each time.
    static var watchful: FollowedSource.Limits {
        var limits = FollowedSource.Limits()
        limits.interval = 0
        limits.stillness = 30_000_000
        limits.grace = 30_000_000
        return limits
    }

    init(
        _ paths: [String], following: FollowedSource.Limits = Following.watchful, limits: InputLimits = InputLimits(),
        format: Format? = nil
    ) {
        source = FollowedSource(
            paths: paths, format: format, limits: limits, following: following, vocabulary: vocabulary,
            keepsPositions: true)
        reader = UnitReader(vocabulary: vocabulary)
    }

    /// Takes what there is now.
    mutating func pump() {
        while step() {}
    }

    /// Takes one unit; false when there is none now, or none any more.
    mutating func step() -> Bool {
        switch source.next(&unit) {
        case .unit:
            var writer = StateWriter(vocabulary: vocabulary)
            unit.save(to: &writer)
            journal.append(writer.bytes)
            work()
            return true
        case .nothing:
            work()
            return false
        case .ended:
            report.merge(unit.report)
            hasEnded = true
            return false
        }
    }

    /// Takes what comes until a condition holds; false when that takes too long.
    mutating func pump(seconds: Double = 5, until isEnough: (Following) -> Bool) -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while true {
            pump()
            if isEnough(self) { return true }
            if Date() > end { return false }
            var polled = source.descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&polled, nfds_t(polled.count), 5)
        }
    }

    /// Ends the source.
    mutating func finish() {
        source.finishAll()
        pump()
    }

    /// What is saved for another run.
    mutating func state() -> [UInt8] {
        var writer = StateWriter(vocabulary: vocabulary)
        source.save(to: &writer)
        journal = []
        return writer.bytes
    }

    /// Takes up another run: what it saved, and the units it took in afterwards.
    mutating func restore(_ state: [UInt8], _ units: [[UInt8]] = []) throws {
        var saved = StateReader(state, vocabulary: vocabulary)
        try source.restore(from: &saved)
        for bytes in units {
            var one = StateReader(bytes, vocabulary: vocabulary)
            try source.replay(&unit, from: &one)
            journal.append(bytes)
            work()
        }
    }

    private mutating func work() {
        reader.read(&unit)
        unit.settle()
        report.merge(unit.report)
        if unit.isEnd { ends.append(unit.batch.path) }
        let batch = unit.batch
        let name = batch.path.split(separator: "/").last ?? ""
        for (index, event) in batch.events.enumerated() {
            arrivals.append(batch.arrived)
            if event.isDerived {
                derived.append(vocabulary.source(of: event.source).category ?? "")
            } else {
                seen.append("\(name):\(event.position) \(batch.record(of: index))")
            }
        }
    }
}

/// A log a test writes.
final class WrittenLog {
    let path: String

    init(_ path: String) { self.path = path }

    func append(_ text: String) { append(Array(text.utf8)) }

    func append(_ bytes: some Collection<UInt8>) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        var rest = Array(bytes)
        while !rest.isEmpty {
            let written = write(descriptor, rest, rest.count)
            guard written > 0 else { break }
            rest.removeFirst(written)
        }
        close(descriptor)
    }

    func rename(to suffix: String) { _ = Foundation.rename(path, path + suffix) }

    func copy(to suffix: String) throws {
        try? FileManager.default.removeItem(atPath: path + suffix)
        try FileManager.default.copyItem(atPath: path, toPath: path + suffix)
    }

    func truncate() { _ = Foundation.truncate(path, 0) }
}

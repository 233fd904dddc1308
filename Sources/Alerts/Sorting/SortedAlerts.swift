// SPDX-License-Identifier: Apache-2.0
import HeapModule
import Sigma

/// Collects the alerts of a run, as they are when they close, and gives them on in the order of output when it is over.
///
/// Past a bound of memory it sorts what it has and writes it to a temporary file without a name, which the system removes
/// with the program, however that ends; at the end what was written and what is left are merged. So any number of alerts takes
/// the same memory: the bound, and 16 KiB for each run that was written.
public final class SortedAlerts: AlertSink {
    /// How many alerts there were, without suppressed ones.
    public private(set) var counts: [Level: Int] = [:]
    /// How many alerts there were, with suppressed ones.
    public private(set) var total = 0
    /// How often memory was full.
    public var runCount: Int { file?.runs.count ?? 0 }
    /// The most urgent level of an alert that is to be looked at; nil when there is none.
    public var highest: Level? { counts.keys.max() }

    private var sink: any AlertSink
    private var changes: [AlertChange] = []
    private var bytes = 0
    private let mostBytes: Int
    private let folder: String?
    private var file: RunFile?

    /// Collects for a sink.
    ///
    /// - Parameters:
    ///   - sink: Where the alerts go when the run is over.
    ///   - mostBytes: About how much memory they may take.
    ///   - folder: Where the temporary file is made; nil for the system's folder for such files.
    public init(_ sink: any AlertSink, mostBytes: Int = 32 * 1024 * 1024, folder: String? = nil) {
        self.sink = sink
        self.mostBytes = mostBytes
        self.folder = folder
    }

    /// Keeps an alert that closes; what happens to it before does not matter.
    ///
    /// - Throws: `OutputError` when memory is full and the temporary file cannot be written.
    public func take(_ change: AlertChange) throws(OutputError) {
        guard change.kind == .closed else { return }
        total += 1
        if change.alert.suppressed == nil { counts[change.alert.level, default: 0] += 1 }
        changes.append(change)
        bytes += change.alert.footprint
        guard bytes > mostBytes else { return }
        if file == nil { file = try RunFile(in: folder) }
        sort()
        try file?.append(changes)
        changes = []
        bytes = 0
    }

    /// Gives all alerts on in the order of output.
    ///
    /// - Throws: `OutputError` of the sink, or when the temporary file cannot be read.
    public func finish() throws(OutputError) {
        sort()
        if let file {
            try merge(file)
        } else {
            for change in changes { try sink.take(change) }
        }
        changes = []
        bytes = 0
        file = nil
        try sink.finish()
    }

    private func merge(_ file: RunFile) throws(OutputError) {
        let readers = file.runs.map { RunReader(file, $0) }
        var heap = Heap<Head>()
        for (run, reader) in readers.enumerated() {
            if let change = try reader.next() { heap.insert(Head(change: change, run: run)) }
        }
        // What is left in memory is one more run.
        var rest = changes[...]
        changes = []
        if let change = rest.popFirst() { heap.insert(Head(change: change, run: readers.count)) }
        while let head = heap.popMin() {
            try sink.take(head.change)
            let next = head.run < readers.count ? try readers[head.run].next() : rest.popFirst()
            if let next { heap.insert(Head(change: next, run: head.run)) }
        }
    }

    private func sort() { changes.sort { Alert.precedes($0.alert, $1.alert) } }

    /// The next alert of a run; equal ones in the order of their runs.
    private struct Head: Comparable {
        var change: AlertChange
        var run: Int

        static func < (a: Head, b: Head) -> Bool {
            if Alert.precedes(a.change.alert, b.change.alert) { return true }
            return !Alert.precedes(b.change.alert, a.change.alert) && a.run < b.run
        }

        static func == (a: Head, b: Head) -> Bool { a.run == b.run && a.change == b.change }
    }
}

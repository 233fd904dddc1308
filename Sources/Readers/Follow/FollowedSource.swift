// SPDX-License-Identifier: Apache-2.0
import Events
import Files

/// Logs that grow: files through rotation and truncation, folders in which new files appear, pipes, standard input.
///
/// A log that is rotated stays one input: what is left of the renamed file is read before the new one, and the readers
/// keep what they wait for. Files are read in turns, so that a flood in one does not starve the others. What is read of
/// a file is only given when what came before still stands in it; else the file was emptied and is read from its start.
///
/// Compressed files and Windows event logs are read once, when they have not changed for a second.
public struct FollowedSource: EventSource {
    /// Bounds of following.
    public struct Limits: Sendable {
        /// The most files that are open at a time; quiet ones are closed for others.
        public var openFiles = 256
        /// How often everything is looked at anew, in nanoseconds, whatever the system tells of changes.
        public var interval: Int64 = 250_000_000
        /// For how long a file must not have changed to be taken for whole, in nanoseconds.
        public var stillness: Int64 = 1_000_000_000
        /// For how long a removed log is waited for, in nanoseconds, before it is taken to have ended.
        public var grace: Int64 = 2_000_000_000

        /// The usual bounds.
        public init() {}
    }

    let limits: Limits
    let options: RecordCutter.Options
    let vocabulary: Vocabulary
    let logSource: LogSource?
    let keepsPositions: Bool
    let watch = FolderWatch()
    /// What the user named.
    var roots: [String]
    /// The logs, by path.
    var logs: [String: FollowedLog] = [:]
    /// Whose a file is.
    var owners: [FileIdentity: FollowedLog] = [:]
    /// Paths of logs by where they really lie.
    var realPaths: [String: String] = [:]
    /// Logs that have something to read, in the order of their turns.
    var queue: [FollowedLog] = []
    /// How many at the front of the queue had their turn.
    var served = 0
    /// Files that are open, the one not used for longest first.
    var open: [FollowedFile] = []
    /// Problems that belong to no unit.
    var problems = ReadReport()
    var bytesDone: UInt64 = 0
    var lastLook = Int64.min
    var isDraining = false
    /// Whether another run's state was taken up.
    var isRestored = false
    /// Whether nothing is known as yet of what was there before.
    var isFirstLook: Bool { lastLook == .min && !isRestored }
    /// Whether the end of every input that was there at the start has been reached once.
    public internal(set) var isCaughtUp = false

    /// How long after records arrived the readers are told that time has passed: a little more than they wait for.
    static let tickDelay = AuditReader.patience + 50_000_000

    /// Names files, folders and pipes; `-` is standard input.
    ///
    /// `format` is taken as given when it is not nil. `logSource` is for formats that do not tell their own. With
    /// `keepsPositions` each unit knows where reading stood behind it, for a journal of units.
    public init(
        paths: [String], format: Format? = nil, limits: InputLimits = InputLimits(), following: Limits = Limits(),
        vocabulary: Vocabulary, logSource: LogSource? = nil, evtx: EVTXOptions = EVTXOptions(),
        keepsPositions: Bool = false
    ) {
        roots = paths
        self.limits = following
        options = RecordCutter.Options(format: format, limits: limits, evtx: evtx)
        self.vocabulary = vocabulary
        self.logSource = logSource
        self.keepsPositions = keepsPositions
    }

    /// Becomes readable when there may be more: what tells of changes in folders, and pipes.
    public var descriptors: [Int32] {
        var all = logs.values.flatMap { $0.files.compactMap(\.pollable) }
        if let descriptor = watch.descriptor { all.append(descriptor) }
        return all
    }

    /// Fills the unit with the next records of a log, with the end of one, or, without records, with the time that has
    /// passed for one; never blocks.
    public mutating func next(_ unit: inout InputUnit) -> SourceAnswer {
        unit.reset()
        let (now, steady) = (SystemTime.wall, SystemTime.steady)
        listen(steady)
        if let log = dueLog(now) {
            fill(&unit, log, now)
            return .unit
        }
        var turns = queue.count - served
        while turns > 0, let log = nextInQueue() {
            turns -= 1
            if give(log, &unit, now) { return .unit }
        }
        noteCaughtUp(now)
        unit.reset()
        unit.arrived = isCaughtUp ? Timestamp(nanoseconds: now) : .unknown
        unit.bytesDone = bytesDone
        unit.report.merge(problems)
        problems = ReadReport()
        if isOver { return .ended }
        return .nothing(until: Timestamp(nanoseconds: now + untilNext(now, steady)))
    }

    /// From now on nothing is waited for: what is there is read to its end, half a record there is given as it is, each
    /// input ends, and then the source.
    public mutating func finishAll() {
        guard !isDraining else { return }
        look(SystemTime.steady)
        isDraining = true
        for log in logs.values.sorted(by: { $0.path < $1.path }) {
            // Whoever writes on and on must not be read for ever.
            for file in log.files {
                let status = FileStatus(file.path)
                file.finish(upTo: status?.kind == .file ? status?.size ?? .max : .max)
            }
            log.waiting.map { start(log, .whole, $0.status) }
            log.isEnding = true
            enqueue(log)
        }
    }

    /// Whether nothing will come any more.
    private var isOver: Bool {
        logs.isEmpty && (isDraining || roots.allSatisfy { $0.isEmpty })
    }

    /// Nanoseconds until something is to be done even if nothing happens.
    private func untilNext(_ now: Int64, _ steady: Int64) -> Int64 {
        var least = max(0, lastLook + limits.interval - steady)
        if served < queue.count { least = 0 }
        for log in logs.values { if let tick = log.tick { least = min(least, max(0, tick.due - now)) } }
        return least
    }

    /// Notes that the end of everything that was there has been reached; readers begin to hear of time.
    private mutating func noteCaughtUp(_ now: Int64) {
        guard !isCaughtUp, logs.values.allSatisfy({ !$0.isCatchingUp }) else { return }
        isCaughtUp = true
        // What they keep back arrived now, as far as they are concerned; so they are told twice.
        for log in logs.values where log.input != nil { log.tick = (now, 2) }
    }

    /// A log whose readers are to be told that time has passed.
    private mutating func dueLog(_ now: Int64) -> FollowedLog? {
        guard isCaughtUp else { return nil }
        for log in logs.values {
            guard let tick = log.tick, tick.due <= now, log.input != nil else { continue }
            log.tick = tick.left > 1 ? (now + Self.tickDelay, tick.left - 1) : nil
            return log
        }
        return nil
    }
}

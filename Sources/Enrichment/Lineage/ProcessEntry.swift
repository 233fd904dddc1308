// SPDX-License-Identifier: Apache-2.0

/// The values remembered of a process, as positions in `ProcessEntry.values`.
enum ProcessValue: Int, CaseIterable, Sendable {
    /// Path of its program.
    case image
    /// Its command line.
    case commandLine
    /// Its account.
    case user
    /// Its controlling terminal.
    case terminal
    /// Programs the same process ran before, nearest first, each followed by a zero byte.
    case history
    /// Identifier of its container.
    case container
    /// The script its interpreter runs.
    case script
    /// The module its interpreter runs.
    case module
    /// The code its interpreter runs, with its layers, each after its length in four bytes.
    case code
}

/// A process that may since have been given up: where it was, and which of those that lived there.
struct ProcessHandle: Sendable, Equatable {
    /// Position in the table; negative for none.
    var index: Int32 = -1
    /// Which user of that position.
    var generation: UInt32 = 0
}

/// What is remembered of one process.
struct ProcessEntry: Sendable {
    /// Hash of its host.
    var host: UInt64 = 0
    /// Its process id; negative when unknown.
    var pid: Int64 = -1
    /// Hash of its own identifier (ProcessGuid); 0 when it has none.
    var guid: UInt64 = 0
    /// Its parent's process id; negative when unknown.
    var parentPid: Int64 = -1
    /// Its parent, when that is known.
    var parent = ProcessHandle()
    /// The process that had this pid before.
    var older = ProcessHandle()
    /// When it was first seen, in nanoseconds.
    var start: Int64 = .min
    /// When it last executed a program.
    var executed: Int64 = .min
    /// When it ended; `.max` while it runs.
    var ended: Int64 = .max
    /// Tells the users of one position apart.
    var generation: UInt32 = 0
    /// Whether the position is in use.
    var isUsed = false
    /// Whether its values are its parent's, because it was forked and has executed nothing yet.
    var isInherited = false
    /// Whether the record said itself which container the process is in, or that it is in none.
    var hasOwnContainer = false
    /// The container's runtime, as a position in `ContainerIdentity.Runtime`; 0 for unknown.
    var runtime: UInt8 = 0
    /// Where Python takes its code from, 1 + the position in `PythonInvocation.Source.allCases`; 0 when it does not run.
    var pythonSource: UInt8 = 0
    /// Whether the process is the interpreter, not a program that starts one.
    var isInterpreter = false
    var values: [9 of ByteReference] = InlineArray(repeating: ByteReference())

    /// One of its values.
    subscript(value: ProcessValue) -> ByteReference {
        get { values[value.rawValue] }
        set { values[value.rawValue] = newValue }
    }
}

/// Comparing times that may be unknown or hostile.
enum Times {
    /// Whether `a` lies more than `distance` after `b`; false when either is unknown.
    static func isLater(_ a: Int64, than b: Int64, by distance: Int64 = 0) -> Bool {
        guard a != .min, b != .min else { return false }
        let (difference, overflowed) = a.subtractingReportingOverflow(b)
        return overflowed ? a > b : difference > distance
    }
}

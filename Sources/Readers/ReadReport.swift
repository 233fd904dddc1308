// SPDX-License-Identifier: Apache-2.0

/// Why a record, or part of an input, gave no event.
public enum ReadProblemKind: String, Sendable, CaseIterable, Hashable {
    /// The record is not what its format says.
    case malformed
    /// The input ends in the middle of a record or an event.
    case truncated
    /// The record is longer than the limit and was skipped.
    case tooLong = "too-long"
    /// The record was read, but values beyond a limit on number, depth or length were left out.
    case partial
    /// The bytes are not UTF-8; they were repaired and the record was read.
    case encoding
    /// The record is well formed but of no kind this reader knows.
    case unrecognised
    /// The compressed stream is damaged.
    case compression
    /// Records kept back for an unfinished event were given up because too many were pending.
    case evicted
    /// The file could not be opened or read.
    case unreadable
}

/// One sampled problem.
public struct ReadProblem: Sendable, Hashable {
    /// What kind of problem.
    public var kind: ReadProblemKind
    /// The input it is in.
    public var path: String
    /// Number of the record, from 1; 0 when it concerns the input as a whole.
    public var position: UInt64
    /// What is wrong, in a sentence a user can act on.
    public var message: String

    /// Describes a problem.
    public init(kind: ReadProblemKind, path: String, position: UInt64, message: String) {
        self.kind = kind
        self.path = path
        self.position = position
        self.message = message
    }
}

/// What reading saw: everything is counted, problems are sampled.
public struct ReadReport: Sendable {
    /// Bytes read, after decompression.
    public var bytes: UInt64 = 0
    /// Records seen, good and bad.
    public var records: UInt64 = 0
    /// Events made.
    public var events: UInt64 = 0
    /// How many problems of each kind.
    public internal(set) var problems: [ReadProblemKind: UInt64] = [:]
    /// The first few problems of each kind.
    public internal(set) var samples: [ReadProblem] = []

    /// The most samples kept of one kind.
    public static let samplesPerKind = 5

    /// Makes an empty report.
    public init() {}

    /// Counts a problem; `message` is only built while samples are still wanted.
    public mutating func add(
        _ kind: ReadProblemKind, path: String, position: UInt64, _ message: @autoclosure () -> String
    ) {
        let count = problems[kind, default: 0] + 1
        problems[kind] = count
        if count <= UInt64(Self.samplesPerKind) {
            samples.append(ReadProblem(kind: kind, path: path, position: position, message: message()))
        }
    }

    /// Adds another report's counts; samples stay bounded.
    public mutating func merge(_ other: ReadReport) {
        bytes += other.bytes
        records += other.records
        events += other.events
        addSamples(other.samples[...])
        addProblemCounts(other)
    }

    /// Adds problems another report sampled, as far as samples are wanted, without counting them.
    mutating func addSamples(_ more: ArraySlice<ReadProblem>) {
        for sample in more where samples.count(where: { $0.kind == sample.kind }) < Self.samplesPerKind {
            samples.append(sample)
        }
    }

    /// Adds how many problems of each kind another report has.
    mutating func addProblemCounts(_ other: ReadReport) {
        if !other.problems.isEmpty { problems.merge(other.problems, uniquingKeysWith: +) }
    }
}

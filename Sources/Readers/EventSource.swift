// SPDX-License-Identifier: Apache-2.0
import Events

/// What a source answers when it is asked for more.
public enum SourceAnswer: Hashable, Sendable {
    /// The unit was filled: whole records, or the end of an input.
    case unit
    /// There is nothing now: ask again at the moment, by the clock on the wall, or as soon as there is more. The unit holds no
    /// records, but says what time it is (`arrived`).
    case nothing(until: Timestamp)
    /// Nothing will come any more.
    case ended
}

/// The only way events enter: files and folders, standard input, files that grow, the replay of a case, later a sensor.
///
/// A source cuts and dates, no more; what is costly is done on any thread by who takes its units. It is asked by one
/// thread at a time.
public protocol EventSource {
    /// Fills the unit with what comes next.
    ///
    /// Never blocks for longer than it takes to read what is there, but for pipes of recorded input. Memory stays bounded:
    /// what cannot be read is counted in the unit's report, not thrown.
    mutating func next(_ unit: inout InputUnit) -> SourceAnswer

    /// Descriptors that become readable, for poll(2), when there is more after the answer `nothing`.
    var descriptors: [Int32] { get }
}

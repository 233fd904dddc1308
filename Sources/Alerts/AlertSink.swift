// SPDX-License-Identifier: Apache-2.0

/// Where alerts go: a terminal, a file, later a service.
public protocol AlertSink {
    /// Which changes it is given; each one unless the sink says otherwise.
    var interest: SinkInterest { get }
    /// Takes one change, in the order changes happen; when this returns, the change has left the program.
    mutating func take(_ change: AlertChange) throws(OutputError)
    /// The run is over: writes what is still held back.
    mutating func finish() throws(OutputError)
}

/// Which changes a sink is given.
public enum SinkInterest: Sendable, Hashable {
    /// Each, as it happens.
    case everyChange
    /// The closing one only: what the alert has become in the end.
    case finalAlerts
}

extension AlertSink {
    /// Each change.
    public var interest: SinkInterest { .everyChange }
}

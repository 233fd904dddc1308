// SPDX-License-Identifier: Apache-2.0

/// Where alerts go: a terminal, a file, later a service.
public protocol AlertSink {
    /// Takes one change, in the order changes happen; when this returns, the change has left the program.
    mutating func take(_ change: AlertChange) throws(OutputError)
    /// The run is over: writes what is still held back.
    mutating func finish() throws(OutputError)
}

// SPDX-License-Identifier: Apache-2.0
import Alerts

/// A line on a terminal that tells how far a run is.
///
/// On anything but a terminal it writes nothing.
///
/// The caller clears it before writing anything else to the same terminal.
public struct Progress: Sendable {
    /// Where a run stands.
    public struct State: Sendable, Hashable {
        /// Input bytes read so far.
        public var bytesDone: UInt64
        /// Input bytes in all; nil when unknown, as for a pipe.
        public var bytesTotal: UInt64?
        /// Events so far.
        public var events: UInt64
        /// Alerts so far.
        public var alerts: Int

        /// Describes where a run stands.
        public init(bytesDone: UInt64, bytesTotal: UInt64?, events: UInt64, alerts: Int) {
            self.bytesDone = bytesDone
            self.bytesTotal = bytesTotal
            self.events = events
            self.alerts = alerts
        }
    }

    /// Where it writes.
    public private(set) var output: ByteOutput
    private let terminal: Terminal
    private let start: ContinuousClock.Instant
    private var lastDrawn: ContinuousClock.Instant?
    private var isShown = false

    /// The shortest time between two redraws.
    static let interval = Duration.milliseconds(100)

    /// Draws on an output that is at a terminal; `start` is when the run began.
    public init(_ output: ByteOutput, terminal: Terminal, start: ContinuousClock.Instant = .now) {
        self.output = output
        self.terminal = terminal
        self.start = start
    }

    /// Draws where the run stands, unless that was just done.
    ///
    /// Call as often as convenient.
    public mutating func update(
        _ state: @autoclosure () -> State, now: ContinuousClock.Instant = .now
    ) throws(OutputError) {
        guard terminal.isTerminal else { return }
        if let lastDrawn, now - lastDrawn < Self.interval { return }
        lastDrawn = now
        // One column stays free: a line that fills the terminal wraps and cannot be cleared.
        let line = Displayed(Self.line(state(), elapsed: now - start)).fitted(terminal.width - 1)
        isShown = true
        try output.write("\r\u{1B}[2K" + line.description)
        try output.flush()
    }

    /// Takes the line away.
    public mutating func clear() throws(OutputError) {
        guard isShown else { return }
        isShown = false
        // The next update draws at once.
        lastDrawn = nil
        try output.write("\r\u{1B}[2K")
        try output.flush()
    }

    static func line(_ state: State, elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        var parts: [String] = []
        if let total = state.bytesTotal, total > 0 {
            let percent = min(100, Int(Double(state.bytesDone) / Double(total) * 100))
            parts.append("\(percent)% of \(Quantity.bytes(total))")
        } else {
            parts.append(Quantity.bytes(state.bytesDone))
        }
        // The first moments say nothing about speed.
        if seconds >= 0.5 {
            let rate = Double(state.bytesDone) / seconds
            parts.append("\(Quantity.bytes(UInt64(min(rate, 1e18))))/s")
            parts.append("\(Quantity.count(UInt64(min(Double(state.events) / seconds, 1e18)))) events/s")
            if let total = state.bytesTotal, rate > 0, total > state.bytesDone {
                parts.append("\(Quantity.seconds(Double(total - state.bytesDone) / rate)) left")
            }
        }
        parts.append(state.alerts == 1 ? "1 alert" : "\(Quantity.count(UInt64(clamping: state.alerts))) alerts")
        return parts.joined(separator: " · ")
    }
}

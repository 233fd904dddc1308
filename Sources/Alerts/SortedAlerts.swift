// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Collects alerts that are over and hands them on in the order of output when all are known.
public final class SortedAlerts: AlertSink {
    private var sink: any AlertSink
    private var closed: [AlertChange] = []
    /// How many alerts that are not suppressed have each level.
    public private(set) var counts: [Level: Int] = [:]
    /// The highest level among them.
    public var highest: Level? { counts.keys.max() }

    /// Hands alerts on to a sink.
    public init(_ sink: any AlertSink) { self.sink = sink }

    /// Keeps an alert that is over.
    public func take(_ change: AlertChange) throws(OutputError) {
        guard change.kind == .closed else { return }
        if change.alert.suppressed == nil { counts[change.alert.level, default: 0] += 1 }
        closed.append(change)
    }

    /// Hands everything on.
    public func finish() throws(OutputError) {
        for change in closed.sorted(by: { Alert.precedes($0.alert, $1.alert) }) { try sink.take(change) }
        closed = []
        try sink.finish()
    }
}

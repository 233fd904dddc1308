// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma

/// Which alerts stand on the screen already and what was said of them, so that only what an analyst cares about is said
/// again.
struct ShownAlerts: Sendable {
    /// What to show of a change.
    enum Notice: Hashable {
        case nothing
        /// The alert in full.
        case block
        /// A line about an alert that is shown already.
        case line(String, TableStyle.Attribute?)
    }

    private struct State {
        var count: Int
        var level: Level
        /// How many values of the fields that made the rule match were told apart.
        var values: Int
    }

    private var states: [String: State] = [:]

    /// More are open only when many are forgotten; then an update is shown as a block again.
    private static let most = 20_000

    /// What to show of a change, which counts as shown.
    mutating func notice(of change: AlertChange) -> Notice {
        let alert = change.alert
        let state = State(count: alert.count, level: alert.level, values: Self.values(alert))
        guard let earlier = states[alert.id] else {
            // After a restart alerts close that were shown by the run before.
            guard change.kind != .closed else { return .nothing }
            if states.count >= Self.most { states.removeAll() }
            states[alert.id] = state
            return .block
        }
        let grown = "+\(Quantity.count(UInt64(max(0, alert.count - earlier.count)))) (\(alert.count)×)"
        let lastSeen = alert.lastSeen.map { " last seen \($0.rfc3339) ·" } ?? ""
        switch change.kind {
        case .opened: return .nothing
        case .closed:
            states[alert.id] = nil
            guard alert.count > earlier.count else { return .nothing }
            return .line("\(grown) closed ·\(lastSeen)", .dim)
        case .updated:
            var news: [String] = []
            if state.level > earlier.level { news.append("now \(state.level.rawValue), was \(earlier.level.rawValue)") }
            if state.values > earlier.values { news.append("new values") }
            guard !news.isEmpty || state.count >= 2 * earlier.count else { return .nothing }
            states[alert.id] = state
            let said = news.isEmpty ? "" : " \(news.joined(separator: ", ")) ·"
            return .line("\(grown)\(said)\(lastSeen)", nil)
        }
    }

    /// A list that is full says how many more there were, but not whether they were new.
    private static func values(_ alert: Alert) -> Int { alert.differing.reduce(0) { $0 + $1.values.count } }
}

// SPDX-License-Identifier: Apache-2.0
import Strategies
import TestSupport
import Testing

/// One recording of a shipped strategy and what must fire on it.
struct StrategyCase: Sendable, CustomTestStringConvertible {
    /// The strategy it belongs to.
    var strategy: Strategy
    /// The case as `telemetry/cases.yml` has it.
    var telemetry: TelemetryCase
    /// Ids of the rules that must fire.
    var fires: Set<String> { Set(telemetry.fires.map(\.rule)) }

    var testDescription: String { "\(strategy.id)/\(telemetry.name)" }

    /// The shipped strategies.
    static let strategies = (try? StrategyCatalog(paths: [Checkout.root + "/Strategies"]))?.strategies ?? []

    /// Every case of every strategy.
    static let all: [StrategyCase] = strategies.flatMap { strategy in
        LoadedStrategy(strategy).cases.map { StrategyCase(strategy: strategy, telemetry: $0) }
    }

    /// The cases of one strategy.
    static func of(_ strategy: Strategy) -> [StrategyCase] { all.filter { $0.strategy.id == strategy.id } }
}

extension Strategy: CustomTestStringConvertible {
    /// The name under which results show it.
    public var testDescription: String { id }
}

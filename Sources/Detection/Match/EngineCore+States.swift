// SPDX-License-Identifier: Apache-2.0
import Events

extension EngineCore {
    /// This engine's state of a log source's route.
    func routeState(for source: LogSourceID) -> RouteState {
        let index = Int(source.rawValue)
        if index < states.count, let known = states[index] { return known }
        while states.count <= index { states.append(nil) }
        let route = rules.route(for: source)
        let made = RouteState(route, route.keywordSweep.map { keywordMap(of: $0) })
        states[index] = made
        return made
    }

    private func keywordMap(of sweep: KeywordSweep) -> KeywordMap {
        if let known = mapOfSweep[ObjectIdentifier(sweep)] { return known }
        let made = KeywordMap(sweep)
        made.start(byteCount: byteCount)
        mapOfSweep[ObjectIdentifier(sweep)] = made
        keywordMaps.append(made)
        return made
    }

    /// Counts in what another engine of the same rules saw.
    func absorb(_ other: EngineCore) {
        eventCount += other.eventCount
        tester.absorb(other.tester)
        for (source, theirs) in other.states.enumerated() {
            guard let theirs, theirs.events > 0 else { continue }
            routeState(for: LogSourceID(rawValue: UInt16(source))).absorb(theirs)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

extension Engine {
    /// Adds what another engine of the same rules and vocabulary has seen: the log sources and fields that arrived.
    ///
    /// Afterwards `unreachableRules` answers for the events of both.
    public mutating func absorbReach(of other: Engine) {
        guard other.core !== core else { return }
        for (source, seen) in other.core.routes.enumerated() {
            guard let seen, seen.events > 0 else { continue }
            let own = core.route(for: LogSourceID(rawValue: UInt16(source)))
            own.events += seen.events
            for field in seen.seenFields {
                let place = own.place(of: field)
                if place >= 0 { own.note(place) }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

/// A source that another run can take up where this one stopped.
///
/// What is saved is where reading stands between two calls of `next`, and what the inputs' readers keep back after all
/// units given so far were settled. In between a journal may keep each unit (`InputUnit.save`), before anything is made of
/// it: replayed on what was saved, the units come again as they were, and the source stands behind the last of them.
public protocol ResumableSource: EventSource {
    /// Writes where reading stands; call when all units given were settled.
    func save(to state: inout StateWriter)

    /// Takes up where another run stood; only before the first unit.
    mutating func restore(from state: inout StateReader) throws(StateError)

    /// Fills the unit as it was when it was saved, and stands where the source stood then; only before the first unit that
    /// is not replayed. It is then read and settled as any other.
    mutating func replay(_ unit: inout InputUnit, from state: inout StateReader) throws(StateError)

    /// From now on nothing is waited for: what is there is given to its end, and then the source ends.
    mutating func finishAll()
}

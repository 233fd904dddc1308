// SPDX-License-Identifier: Apache-2.0

extension AlertFolder {
    /// Tells all growth that was held back, whatever the time: the hunt is about to rest.
    public mutating func tellHeld(into changes: inout [AlertChange]) {
        for place in open.all where open[place].isHeld { tell(.updated, place, into: &changes) }
    }
}

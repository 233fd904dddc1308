// SPDX-License-Identifier: Apache-2.0
import Events

/// The hits of one event, which are looked at together.
struct Moment {
    /// When the event happened.
    var time = Int64.min
    /// The hits, as they came.
    var hits: [Hit] = []
    /// The number each hit's event is kept under once some group shows it.
    private var numbers: [EvidenceStore.Number] = []

    /// Begins another event.
    mutating func begin(_ hit: consuming Hit) {
        time = hit.time.nanoseconds
        hits.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
        append(hit)
    }

    /// Adds a hit of the same event.
    mutating func append(_ hit: consuming Hit) {
        hits.append(hit)
        numbers.append(EvidenceStore.nothing)
    }

    /// The number of a hit's event; the moment holds a reference until it ends.
    mutating func evidence(_ hit: Int, in store: inout EvidenceStore) -> EvidenceStore.Number {
        if numbers[hit] == EvidenceStore.nothing {
            numbers[hit] = store.insert(MemberEvent(rule: hits[hit].rule, event: hits[hit].event), at: time)
        }
        return numbers[hit]
    }

    /// Lets the events go that no group came to show.
    mutating func end(_ store: inout EvidenceStore) {
        for number in numbers { store.release(number) }
        hits.removeAll(keepingCapacity: true)
        numbers.removeAll(keepingCapacity: true)
    }
}

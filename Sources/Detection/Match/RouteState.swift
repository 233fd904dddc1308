// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// What one engine keeps of a route: what was seen, and where the fields of the event at hand are.
final class RouteState {
    let route: Route
    /// How many events of the source were looked at.
    var events: UInt64 = 0
    /// For each place: whether its field was ever there.
    let seen: RawBlock<Bool>
    /// For each place: the event whose slots `first` and `last` name.
    let stamps: RawBlock<UInt64>
    let first: RawBlock<Int32>
    let last: RawBlock<Int32>

    /// For each place, and behind them for keywords: the event whose deferred tests were asked.
    let settled: RawBlock<UInt64>
    /// Where in the batch at hand keywords stand; shared by the routes that look for the same.
    let keywordMap: KeywordMap?

    init(_ route: Route, _ keywordMap: KeywordMap?) {
        self.route = route
        self.keywordMap = keywordMap
        settled = RawBlock(repeating: 0, count: route.fields.count + 1)
        seen = RawBlock(repeating: false, count: route.fields.count)
        stamps = RawBlock(repeating: 0, count: route.fields.count)
        first = RawBlock(repeating: 0, count: route.fields.count)
        last = RawBlock(repeating: 0, count: route.fields.count)
    }

    /// What looking at an event touches, valid as long as this object lives.
    var tables: RouteTables { RouteTables(route, self) }

    /// The fields rules look at that were there in some event.
    var seenFields: [FieldID] {
        // SAFETY: as many places as fields.
        route.fields.indices.filter { unsafe seen.pointer[$0] }.map { route.fields[$0] }
    }

    /// The slots between which all values of the field at a place lie, of the event numbered `stamp`; empty when it has
    /// none.
    ///
    /// Slots of other fields, and of other events, may lie between them.
    @inline(__always)
    func slots(_ place: Int, stamp: UInt64) -> Range<Int> {
        // SAFETY: places are numbered below the blocks' counts.
        guard unsafe stamps.pointer[place] == stamp else { return 0..<0 }
        return unsafe Int(first.pointer[place])..<Int(last.pointer[place]) + 1
    }

    /// Counts in what another engine saw of the same source.
    func absorb(_ other: RouteState) {
        events += other.events
        // SAFETY: both are of the same route, so they have as many places.
        for place in route.fields.indices {
            unsafe seen.pointer[place] = seen.pointer[place] || other.seen.pointer[place]
        }
    }
}

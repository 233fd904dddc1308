// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// What looking at an event touches of a route and its state, to be read without counting references.
///
/// SAFETY: whoever holds it holds the state, too. Places are numbered below the counts of all blocks but `places`.
@safe struct RouteTables: BitwiseCopyable {
    fileprivate let places: UnsafeMutablePointer<Int32>
    fileprivate let placesCount: Int
    fileprivate let matchers: UnsafeMutablePointer<Route.FieldMatcher>
    /// What is applied to every value; nil when no rule has keywords.
    let keywords: UnsafeMutablePointer<Route.FieldMatcher>?
    /// Tells where in the batch no keyword can be; nil when nothing does.
    let keywordPages: UnsafeMutablePointer<KeywordPages>?
    /// The deferred tests of each place; those of keywords stand behind all others.
    fileprivate let deferred: UnsafeMutablePointer<Route.FieldMatcher>
    fileprivate let settled: UnsafeMutablePointer<UInt64>
    /// The place that stands for keywords.
    let keywordPlace: Int
    /// The keywords of a few bytes, and which of them bytes may belong to: see `ShortKeywords`.
    let shortKeywords: UInt16
    let firstOfShort: UnsafeMutablePointer<UInt16>
    let secondOfShort: UnsafeMutablePointer<UInt16>
    let singleShort: UInt16
    let wholeShort: UInt16
    /// The length in bytes of the shortest value that can hold any other keyword; the largest number when no rule has any.
    let shortestKeyword: UInt32
    /// Rules that must be looked at whatever the event holds.
    let unconditional: RawList<Int32>
    fileprivate let witnessStarts: UnsafeMutablePointer<Int32>
    fileprivate let witnessRules: UnsafeMutablePointer<Int32>
    fileprivate let seen: UnsafeMutablePointer<Bool>
    fileprivate let stamps: UnsafeMutablePointer<UInt64>
    fileprivate let first: UnsafeMutablePointer<Int32>
    fileprivate let last: UnsafeMutablePointer<Int32>

    /// The tables of a route, and of the state an engine keeps for it.
    init(_ route: Route, _ state: RouteState) {
        unsafe places = route.places.pointer
        placesCount = route.places.count
        unsafe matchers = route.matchers.pointer
        unsafe keywords = route.keywordMatcher.count > 0 ? route.keywordMatcher.pointer : nil
        unsafe keywordPages = state.keywordMap?.pointer
        unsafe deferred = route.deferredMatchers.pointer
        unsafe settled = state.settled.pointer
        keywordPlace = route.fields.count
        shortKeywords = route.shortKeywords.all
        unsafe firstOfShort = route.shortKeywords.first.pointer
        unsafe secondOfShort = route.shortKeywords.second.pointer
        singleShort = route.shortKeywords.single
        wholeShort = route.shortKeywords.whole
        shortestKeyword = route.shortestKeyword
        unconditional = RawList(route.unconditional)
        unsafe witnessStarts = route.witnessStarts.pointer
        unsafe witnessRules = route.witnessRules.pointer
        unsafe seen = state.seen.pointer
        unsafe stamps = state.stamps.pointer
        unsafe first = state.first.pointer
        unsafe last = state.last.pointer
    }

    /// The rules a predicate wakes, as positions in `Plan.rules`.
    @inline(__always)
    func forEachRule(wokenBy predicate: Int32, _ body: (Int32) -> Void) {
        // SAFETY: one start more than there are predicates; what lies between two starts lies in the list.
        let end = unsafe Int(witnessStarts[Int(predicate) &+ 1])
        var index = unsafe Int(witnessStarts[Int(predicate)])
        while index < end {
            unsafe body(witnessRules[index])
            index &+= 1
        }
    }

    /// The place of a field, -1 when no rule looks at it.
    @inline(__always)
    func place(of field: FieldID) -> Int {
        // SAFETY: guarded by the comparison.
        Int(field.rawValue) < placesCount ? unsafe Int(places[Int(field.rawValue)]) : -1
    }

    /// The tests of the field at a place.
    @inline(__always)
    @unsafe func matcher(_ place: Int) -> UnsafeMutablePointer<Route.FieldMatcher> { unsafe matchers + place }

    /// The deferred tests of a place, when there are any that were not asked of the event numbered `stamp` yet and its
    /// field, if it is one, has a value.
    @inline(__always)
    @unsafe func unsettled(_ place: Int, stamp: UInt64) -> UnsafeMutablePointer<Route.FieldMatcher>? {
        // SAFETY: see the type; there is one element more than there are places of fields.
        if unsafe settled[place] == stamp { return nil }
        unsafe settled[place] = stamp
        if place < keywordPlace, unsafe stamps[place] != stamp { return nil }
        return unsafe deferred[place].hasLiterals ? deferred + place : nil
    }

    /// Notes that the field of a place has a value in a slot of the event numbered `stamp`; tells whether it is the
    /// first.
    @inline(__always)
    func note(_ place: Int, slot: Int, stamp: UInt64) -> Bool {
        let slot = Int32(truncatingIfNeeded: slot)
        // SAFETY: see the type.
        if unsafe stamps[place] != stamp {
            unsafe stamps[place] = stamp
            unsafe seen[place] = true
            unsafe first[place] = slot
            unsafe last[place] = slot
            return true
        }
        // Slots that enrichment added may lie on either side of the event's own.
        unsafe first[place] = min(first[place], slot)
        unsafe last[place] = max(last[place], slot)
        return false
    }
}

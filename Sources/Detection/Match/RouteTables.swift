// SPDX-License-Identifier: Apache-2.0
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
    fileprivate let seen: UnsafeMutablePointer<Bool>
    fileprivate let stamps: UnsafeMutablePointer<UInt64>
    fileprivate let first: UnsafeMutablePointer<Int32>
    fileprivate let last: UnsafeMutablePointer<Int32>

    @unsafe init(
        places: UnsafeMutablePointer<Int32>, placesCount: Int, matchers: UnsafeMutablePointer<Route.FieldMatcher>,
        keywords: UnsafeMutablePointer<Route.FieldMatcher>?, seen: UnsafeMutablePointer<Bool>,
        stamps: UnsafeMutablePointer<UInt64>, first: UnsafeMutablePointer<Int32>, last: UnsafeMutablePointer<Int32>
    ) {
        unsafe self.places = places
        self.placesCount = placesCount
        unsafe self.matchers = matchers
        unsafe self.keywords = keywords
        unsafe self.seen = seen
        unsafe self.stamps = stamps
        unsafe self.first = first
        unsafe self.last = last
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

// SPDX-License-Identifier: Apache-2.0
import Sigma

/// The most frequent values of a stream, in bounded memory.
///
/// Misra and Gries' summary, cut in bulk: when twice `capacity` values are kept, the count of the one that comes next
/// after the first `capacity` is taken off all of them, and who has none left is forgotten. A count is at most `error`
/// too low, and a value that makes up more than one in `capacity` of the stream is never lost (J. Misra, D. Gries,
/// "Finding repeated elements", 1982).
package struct TopValues: Sendable, Hashable {
    /// What is known of a value.
    package struct Entry: Sendable, Hashable {
        /// The value.
        package var value: String
        /// How often it came, at least.
        package var count: UInt64
        /// The highest level it came with while it was kept.
        package var highest: Level
    }

    private struct Tally: Hashable {
        var count: UInt64
        var highest: Level
    }

    /// How many values are never forgotten.
    package let capacity: Int
    /// What counts may be too low by; 0 as long as nothing was forgotten.
    package private(set) var error: UInt64 = 0
    private var tallies: [String: Tally] = [:]

    /// Keeps at most twice `capacity` values.
    package init(capacity: Int = 500) { self.capacity = max(1, capacity) }

    /// How many values are kept; all there were as long as `error` is 0.
    package var count: Int { tallies.count }

    /// Counts a value.
    package mutating func add(_ value: String, level: Level) {
        var tally = tallies[value] ?? Tally(count: 0, highest: level)
        tally.count += 1
        tally.highest = max(tally.highest, level)
        tallies[value] = tally
        if tallies.count > 2 * capacity { cut() }
    }

    private mutating func cut() {
        let counts = tallies.values.map(\.count).sorted(by: >)
        let taken = counts[capacity]
        error += taken
        tallies = tallies.compactMapValues {
            $0.count > taken ? Tally(count: $0.count - taken, highest: $0.highest) : nil
        }
    }

    /// The most frequent values.
    package func top(_ most: Int) -> [Entry] {
        let all = tallies.map { Entry(value: $0.key, count: $0.value.count, highest: $0.value.highest) }
        return Array(
            all.sorted { ($1.count, $1.highest, $0.value) < ($0.count, $0.highest, $1.value) }.prefix(most))
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Finds what somebody meant who misspelt a name.
package enum NearestName {
    /// Longer names are not compared: nobody misspells them, and they come from untrusted files.
    private static let longest = 128

    /// The name nearest to a text; nil when none is near.
    ///
    /// Near is what a third of its letters, inserted, left out, replaced or swapped with their neighbours, makes of it
    /// (the optimal string alignment distance). Of names that are equally near, the first in order is given.
    package static func to(_ text: String, among names: [String]) -> String? {
        let wanted = Array(text.lowercased().unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= longest else { return nil }
        var best: (name: String, distance: Int)?
        for name in names.sorted() {
            let letters = Array(name.lowercased().unicodeScalars)
            let most = min(best.map { $0.distance - 1 } ?? .max, max(wanted.count, letters.count) / 3)
            guard letters.count <= longest, abs(letters.count - wanted.count) <= most else { continue }
            let distance = distance(wanted, letters)
            if distance <= most { best = (name, distance) }
        }
        return best?.name
    }

    private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var last = Array(0...b.count)
        for row in 0..<a.count {
            var next = [row + 1]
            for column in 0..<b.count {
                var cost = min(last[column + 1] + 1, next[column] + 1)
                cost = min(cost, last[column] + (a[row] == b[column] ? 0 : 1))
                if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
                    cost = min(cost, before[column - 1] + 1)
                }
                next.append(cost)
            }
            (before, last) = (last, next)
        }
        return last[b.count]
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Finds what somebody meant who misspelt a name.
public enum NearestName {
    /// Longer names are not compared: nobody misspells them, and they come from untrusted files.
    private static let longest = 128
    /// The most slips that are forgiven, however long the name is.
    private static let mostSlips = 4

    /// The name nearest to a text; nil when none is near.
    ///
    /// Near is what slips in a third of its letters make of it, one at least: a letter inserted, left out, replaced or
    /// swapped with its neighbour (the optimal string alignment distance). Case makes no difference. Of names that are
    /// equally near, the first in order is given.
    public static func to(_ text: String, among names: some Sequence<String>) -> String? {
        let wanted = Array(text.lowercased().unicodeScalars)
        guard wanted.count > 1, wanted.count <= longest else { return nil }
        var best: (name: String, distance: Int)?
        for name in names.sorted() {
            let letters = Array(name.lowercased().unicodeScalars)
            let allowed = min(mostSlips, max(1, max(wanted.count, letters.count) / 3))
            let most = min(best.map { $0.distance - 1 } ?? .max, allowed)
            guard letters.count <= longest, abs(letters.count - wanted.count) <= most else { continue }
            let distance = distance(wanted, letters)
            if distance <= most { best = (name, distance) }
        }
        return best?.name
    }

    /// ` (did you mean 'jsonl'?)` where a name is near, else nothing: stands behind a text that is refused.
    public static func hint(for text: String, among names: some Sequence<String>) -> String {
        to(text, among: names).map { " (did you mean '\($0)'?)" } ?? ""
    }

    /// Each row needs the two before it only.
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

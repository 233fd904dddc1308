// SPDX-License-Identifier: Apache-2.0

/// The name that a misspelt one was probably meant to be; nil when none is near.
///
/// Near is a third of the name's length in slips, three at most: a letter too many, missing, wrong, or two neighbours
/// changed round (optimal string alignment, the restricted form of Damerau's distance). Case makes no difference. Of two
/// that are equally near the first one counts.
public func nearest(to name: String, among known: some Sequence<String>) -> String? {
    let given = folded(name)
    guard !given.isEmpty, given.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in known {
        let wanted = folded(candidate)
        // A short name has room for one slip only, or everything would be near it.
        let most = min(3, max(1, max(given.count, wanted.count) / 3), (best?.distance ?? .max) - 1)
        guard most >= 0, wanted.count <= 64, abs(wanted.count - given.count) <= most else { continue }
        let distance = slips(given, wanted)
        if distance <= most { best = (candidate, distance) }
    }
    return best?.name
}

/// ` (did you mean 'jsonl'?)` where a name is near, else nothing: goes behind a name that is refused.
public func suggestion(for name: String, among known: some Sequence<String>) -> String {
    nearest(to: name, among: known).map { " (did you mean '\($0)'?)" } ?? ""
}

private func folded(_ name: String) -> [UInt8] {
    name.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 == 0x5F ? 0x2D : $0 }
}

/// The optimal string alignment distance; each row needs the two before it only.
private func slips(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var (before, above) = ([Int](), Array(0...b.count))
    for row in 0..<a.count {
        var current = [row + 1]
        for column in 0..<b.count {
            var least = above[column] + (a[row] == b[column] ? 0 : 1)
            least = min(least, above[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, a[row] == b[column - 1], a[row - 1] == b[column] {
                least = min(least, before[column - 1] + 1)
            }
            current.append(least)
        }
        (before, above) = (above, current)
    }
    return above[b.count]
}

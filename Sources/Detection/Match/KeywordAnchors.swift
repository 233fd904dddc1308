// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Chooses the four bytes of each keyword by which a sweep finds it, and sorts them into the buckets of a prefilter.
///
/// A sweep stops wherever an anchor seems to stand, so good anchors are rare in telemetry and shared by many keywords
/// (`/dev/tcp/` alone begins a dozen reverse shells). The first is guessed from how common bytes and texts are.
struct KeywordAnchors {
    /// For each text where its anchor begins.
    private(set) var places: [Int] = []
    /// The anchors, up to four bytes each, in at most eight buckets.
    private(set) var buckets: [[[UInt8]]] = []

    /// Beyond these numbers choosing takes too long: each text then gets its rarest bytes, neighbours share buckets.
    private static let mostShared = 256
    private static let mostMerged = 96

    init(_ texts: [[UInt8]]) {
        places = texts.count <= Self.mostShared ? Self.shared(texts) : texts.map { Self.rarest($0) }
        let anchors = zip(texts, places).map { text, place in Array(text[place..<min(place + 4, text.count)]) }
        buckets = Self.buckets(Array(Set(anchors)).sorted { $0.lexicographicallyPrecedes($1) })
    }

    /// The key under which a text is filed: its four bytes from a place on, or two of a shorter one.
    static func key(_ text: [UInt8], _ place: Int) -> UInt32 {
        var key: UInt32 = 0
        for index in 0..<width(text) { key |= UInt32(text[place + index]) << UInt32(index * 8) }
        return key
    }

    private static func width(_ text: [UInt8]) -> Int { text.count >= 4 ? 4 : 2 }

    private static func rarest(_ text: [UInt8]) -> Int {
        let width = width(text)
        return (0...text.count - width).min {
            ByteShares.share(ofText: text[$0..<$0 + width]) < ByteShares.share(ofText: text[$1..<$1 + width])
        } ?? 0
    }

    /// Covers the texts with few and rare anchors: whichever costs least for each text not covered yet comes next.
    private static func shared(_ texts: [[UInt8]]) -> [Int] {
        var holders: [UInt32: [(text: Int, place: Int)]] = [:]
        var shares: [UInt32: Double] = [:]
        for (index, text) in texts.enumerated() where text.count >= 4 {
            for place in 0...text.count - 4 {
                let key = key(text, place)
                holders[key, default: []].append((index, place))
                if shares[key] == nil { shares[key] = ByteShares.share(ofText: text[place..<place + 4]) }
            }
        }
        var places = texts.map { $0.count >= 4 ? -1 : rarest($0) }
        var left = holders.map { (key: $0.key, share: (shares[$0.key] ?? 0) + 1e-5, holders: $0.value) }
        while true {
            var best: (index: Int, cost: Double, key: UInt32)?
            for (index, candidate) in left.enumerated() {
                var covered = 0
                for (at, holder) in candidate.holders.enumerated() where places[holder.text] < 0 {
                    if at == 0 || candidate.holders[at - 1].text != holder.text { covered += 1 }
                }
                guard covered > 0 else { continue }
                let cost = candidate.share / Double(covered)
                if let known = best, (known.cost, known.key) <= (cost, candidate.key) { continue }
                best = (index, cost, candidate.key)
            }
            guard let best else { return places }
            for holder in left[best.index].holders where places[holder.text] < 0 { places[holder.text] = holder.place }
            left.swapAt(best.index, left.count - 1)
            left.removeLast()
        }
    }

    /// Spreads anchors over eight buckets so that what the buckets let through together is little.
    private static func buckets(_ anchors: [[UInt8]]) -> [[[UInt8]]] {
        // Those of two or three bytes allow any byte behind them, which would let every other anchor of their bucket in.
        let short = anchors.filter { $0.count < 4 }
        let long = anchors.filter { $0.count == 4 }
        let most = short.isEmpty ? 8 : 7
        let rest = short.isEmpty ? [] : [short]
        guard long.count <= mostMerged else {
            return rest
                + (0..<most).map { bucket in
                    Array(long[bucket * long.count / most..<(bucket + 1) * long.count / most])
                }
        }
        var open = long.map { (masks: BucketMasks($0), anchors: [$0]) }
        var costs = open.indices.map { first in
            open.indices.map { $0 > first ? open[first].masks.costOfJoining(open[$0].masks) : .infinity }
        }
        while open.count > most {
            var best = (first: 0, second: 1)
            for first in open.indices {
                for second in first + 1..<max(open.count, first + 1)
                where costs[first][second] < costs[best.first][best.second] {
                    best = (first, second)
                }
            }
            open[best.first].masks = open[best.first].masks.joined(open[best.second].masks)
            open[best.first].anchors += open[best.second].anchors
            open.remove(at: best.second)
            costs.remove(at: best.second)
            for index in costs.indices { costs[index].remove(at: best.second) }
            for index in open.indices where index != best.first {
                let (first, second) = (min(index, best.first), max(index, best.first))
                costs[first][second] = open[first].masks.costOfJoining(open[second].masks)
            }
        }
        return rest + open.map(\.anchors)
    }
}

/// What a bucket of a prefilter lets through: for each of four places, sixteen bits each, the low and the high halves of
/// bytes it allows.
private struct BucketMasks: BitwiseCopyable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// The share of places in text at which the bucket seems to hold something.
    private var share = 0.0

    init(_ anchor: [UInt8]) {
        for (place, byte) in anchor.enumerated() {
            for form in SubstringPrefilter.forms(byte) {
                low |= 1 << UInt64(place * 16 + Int(form & 15))
                high |= 1 << UInt64(place * 16 + Int(form >> 4))
            }
        }
        share = measured
    }

    /// How much more the two let through as one.
    func costOfJoining(_ other: BucketMasks) -> Double { joined(other).share - share - other.share }

    func joined(_ other: BucketMasks) -> BucketMasks {
        var both = self
        both.low |= other.low
        both.high |= other.high
        both.share = both.measured
        return both
    }

    private var measured: Double {
        var product = 1.0
        for place in 0..<4 {
            let (low, high) = (low >> UInt64(place * 16) & 0xFFFF, high >> UInt64(place * 16) & 0xFFFF)
            var sum = 0.0
            var rows = high & 0xFC
            while rows != 0 {
                let row = UInt8(rows.trailingZeroBitCount) << 4
                var columns = low
                while columns != 0 {
                    sum += ByteShares.share(row | UInt8(columns.trailingZeroBitCount))
                    columns &= columns - 1
                }
                rows &= rows - 1
            }
            product *= sum
        }
        return product
    }
}

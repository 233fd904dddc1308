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
        (0...text.count - width(text)).min {
            ByteShares.share(ofText: text[$0..<$0 + width(text)])
                < ByteShares.share(ofText: text[$1..<$1 + width(text)])
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
        var open = long.map { BucketMasks($0) }
        var costs = open.map { first in open.map { first.joined($0).share - first.share - $0.share } }
        while open.count > most {
            var best = (first: 0, second: 1)
            for first in open.indices {
                for second in open.indices where second > first {
                    if costs[first][second] < costs[best.first][best.second] { best = (first, second) }
                }
            }
            open[best.first] = open[best.first].joined(open[best.second])
            open.remove(at: best.second)
            costs.remove(at: best.second)
            for index in costs.indices { costs[index].remove(at: best.second) }
            for index in open.indices where index != best.first {
                let cost = open[best.first].joined(open[index]).share - open[best.first].share - open[index].share
                costs[best.first][index] = cost
                costs[index][best.first] = cost
            }
        }
        return rest + open.map(\.anchors)
    }
}

/// What a bucket of a prefilter lets through: for each of four places the low and the high halves of bytes it allows.
private struct BucketMasks {
    private(set) var anchors: [[UInt8]] = []
    private var low: [UInt16] = [0, 0, 0, 0]
    private var high: [UInt16] = [0, 0, 0, 0]
    /// The share of places in text at which the bucket seems to hold something.
    private(set) var share = 0.0

    init(_ anchor: [UInt8]) {
        anchors = [anchor]
        for (place, byte) in anchor.enumerated() {
            for form in SubstringPrefilter.forms(byte) {
                low[place] |= 1 << UInt16(form & 15)
                high[place] |= 1 << UInt16(form >> 4)
            }
        }
        share = measured
    }

    func joined(_ other: BucketMasks) -> BucketMasks {
        var both = self
        both.anchors += other.anchors
        for place in 0..<4 {
            both.low[place] |= other.low[place]
            both.high[place] |= other.high[place]
        }
        both.share = both.measured
        return both
    }

    private var measured: Double {
        var product = 1.0
        for place in 0..<4 {
            var sum = 0.0
            for byte: UInt8 in 0x20..<0x7F
            where low[place] >> UInt16(byte & 15) & 1 == 1 && high[place] >> UInt16(byte >> 4) & 1 == 1 {
                sum += ByteShares.share(byte)
            }
            product *= sum
        }
        return product
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import CScan

/// Tells quickly of most values that none of a few literals stands in them (see `vd_scan_masks`).
///
/// Works on values before folding: the masks hold both cases of each letter, and a value that is not ASCII always
/// counts as one that may hold a literal.
final class SubstringPrefilter {
    /// One element.
    let masks: RawBlock<vd_scan_masks>

    /// Beyond this share of places at which a literal seems to stand although none does, looking costs more than it saves.
    private static let mostFalseAlarms = 0.004

    /// Nil when there are no literals, or too many for the masks to tell anything.
    init?(_ literals: [[UInt8]]) {
        // The masks know ASCII alone; a value with a literal that is not ASCII is not ASCII itself.
        let plain = literals.filter { $0.allSatisfy { $0 < 0x80 } }
        guard !literals.isEmpty, literals.count <= 256 else { return nil }
        var masks = vd_scan_masks()
        // Neighbours in order share bytes, and literals that share bytes do little harm in one bucket.
        let prints = plain.map(Self.print).sorted { $0.lexicographicallyPrecedes($1) }
        for (index, print) in prints.enumerated() {
            let bucket = UInt8(1) << UInt8(index * 8 / prints.count)
            Self.add(print.count > 0 ? print[0] : nil, bucket, &masks.lo.0, &masks.hi.0)
            Self.add(print.count > 1 ? print[1] : nil, bucket, &masks.lo.1, &masks.hi.1)
            Self.add(print.count > 2 ? print[2] : nil, bucket, &masks.lo.2, &masks.hi.2)
        }
        guard Self.falseAlarms(masks) <= Self.mostFalseAlarms else { return nil }
        self.masks = RawBlock([masks])
    }

    /// The three bytes of a literal that stand for it: its rarest; fewer when it is shorter.
    private static func print(of literal: [UInt8]) -> [UInt8] {
        guard literal.count > 3 else { return literal }
        func commonness(_ at: Int) -> Int {
            (0..<3).reduce(0) { $0 + LiteralIndexBuilder.commonness(literal[at + $1]) }
        }
        let best = (0...literal.count - 3).min { commonness($0) < commonness($1) } ?? 0
        return Array(literal[best..<best + 3])
    }

    private typealias Nibbles = (
        UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
    )

    /// Notes a byte (nil: any byte) of a bucket's literals at one of the three places, in both its cases.
    private static func add(_ byte: UInt8?, _ bucket: UInt8, _ lo: inout Nibbles, _ hi: inout Nibbles) {
        // SAFETY: sixteen places, and nibbles are below sixteen.
        unsafe withUnsafeMutableBytes(of: &lo) { lo in
            unsafe withUnsafeMutableBytes(of: &hi) { hi in
                guard let byte else {
                    for index in 0..<16 {
                        unsafe lo[index] |= bucket
                        unsafe hi[index] |= bucket
                    }
                    return
                }
                let isLetter = byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
                for form in isLetter ? [byte, byte & ~0x20] : [byte] {
                    unsafe lo[Int(form & 15)] |= bucket
                    unsafe hi[Int(form >> 4)] |= bucket
                }
            }
        }
    }

    /// The share of places at which the masks would see a literal in random printable text.
    private static func falseAlarms(_ masks: vd_scan_masks) -> Double {
        func shares(_ lo: Nibbles, _ hi: Nibbles) -> [Double] {
            var counts = [Double](repeating: 0, count: 8)
            unsafe withUnsafeBytes(of: lo) { lo in
                unsafe withUnsafeBytes(of: hi) { hi in
                    for byte in 0x20..<0x7F {
                        let buckets = unsafe lo[byte & 15] & hi[byte >> 4]
                        for bucket in 0..<8 where buckets >> UInt8(bucket) & 1 == 1 { counts[bucket] += 1 }
                    }
                }
            }
            return counts.map { $0 / 95 }
        }
        let (first, second, third) = (
            shares(masks.lo.0, masks.hi.0), shares(masks.lo.1, masks.hi.1), shares(masks.lo.2, masks.hi.2)
        )
        return (0..<8).reduce(0) { $0 + first[$1] * second[$1] * third[$1] }
    }
}

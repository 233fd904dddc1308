// SPDX-License-Identifier: Apache-2.0
import Bytes
import CScan

/// Tells quickly where in a value some of a few literals may stand (see `vd_scan_masks`).
///
/// Works on values before folding, too: the masks hold both cases of each letter, and a value that is not ASCII always
/// counts as one that may hold a literal.
final class SubstringPrefilter {
    /// One element.
    let masks: RawBlock<vd_scan_masks>

    /// Beyond this share of places at which a literal seems to stand although none does, looking costs more than it saves.
    static let mostFalseAlarms = 0.25

    /// Nil when there are no literals, or too many for the masks to tell anything.
    ///
    /// Each is given from the bytes on at which it is to be found.
    init?(_ literals: [[UInt8]], mostFalseAlarms: Double = mostFalseAlarms) {
        guard !literals.isEmpty, literals.count <= 2048 else { return nil }
        // The masks know ASCII alone; a value with a literal that is not ASCII is not ASCII itself.
        let prints = literals.filter { $0.allSatisfy { $0 < 0x80 } }.map { Array($0.prefix(4)) }
        let long = prints.filter { $0.count == 4 }.sorted { $0.lexicographicallyPrecedes($1) }
        let short = prints.filter { $0.count < 4 }
        var masks = vd_scan_masks()
        // Short ones allow any byte behind them, which would let every other literal of their bucket begin anywhere.
        for print in short { Self.add(print, 1, &masks) }
        // Neighbours in order share bytes, and literals that share bytes do little harm in one bucket.
        let (first, buckets) = short.isEmpty ? (0, 8) : (1, 7)
        for (index, print) in long.enumerated() {
            Self.add(print, UInt8(1) << UInt8(first + index * buckets / long.count), &masks)
        }
        guard Self.falseAlarms(masks) <= mostFalseAlarms else { return nil }
        self.masks = RawBlock([masks])
    }

    /// Nil when there is nothing to look for, or the masks would tell nothing.
    ///
    /// Texts of up to four bytes, each in one of at most eight buckets; those of less stand in a bucket of their own.
    init?(buckets: [[[UInt8]]], mostFalseAlarms: Double) {
        guard buckets.contains(where: { !$0.isEmpty }) else { return nil }
        var masks = vd_scan_masks()
        for (index, bucket) in buckets.enumerated() {
            for text in bucket { Self.add(text, UInt8(1) << UInt8(index), &masks) }
        }
        guard Self.falseAlarms(masks) <= mostFalseAlarms else { return nil }
        self.masks = RawBlock([masks])
    }

    private typealias Nibbles = (
        UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
    )

    /// Notes the first bytes of a literal.
    private static func add(_ print: [UInt8], _ bucket: UInt8, _ masks: inout vd_scan_masks) {
        add(print.count > 0 ? print[0] : nil, bucket, &masks.lo.0, &masks.hi.0)
        add(print.count > 1 ? print[1] : nil, bucket, &masks.lo.1, &masks.hi.1)
        add(print.count > 2 ? print[2] : nil, bucket, &masks.lo.2, &masks.hi.2)
        add(print.count > 3 ? print[3] : nil, bucket, &masks.lo.3, &masks.hi.3)
    }

    /// Notes a byte (nil: any byte) of a bucket's literals at one of the four places, in both its cases.
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
                for form in forms(byte) {
                    unsafe lo[Int(form & 15)] |= bucket
                    unsafe hi[Int(form >> 4)] |= bucket
                }
            }
        }
    }

    /// A folded byte in both its cases.
    static func forms(_ byte: UInt8) -> [UInt8] {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? [byte, byte & ~0x20] : [byte]
    }

    /// The share of places at which the masks would see a literal in text of printable bytes in these shares.
    private static func falseAlarms(_ masks: vd_scan_masks) -> Double {
        func shares(_ lo: Nibbles, _ hi: Nibbles) -> [Double] {
            var counts = [Double](repeating: 0, count: 8)
            var all = 0.0
            unsafe withUnsafeBytes(of: lo) { lo in
                unsafe withUnsafeBytes(of: hi) { hi in
                    for byte in 0x20..<0x7F {
                        let buckets = unsafe lo[byte & 15] & hi[byte >> 4]
                        let share = ByteShares.share(UInt8(byte))
                        all += share
                        for bucket in 0..<8 where buckets >> UInt8(bucket) & 1 == 1 { counts[bucket] += share }
                    }
                }
            }
            return counts.map { $0 / all }
        }
        let (first, second) = (shares(masks.lo.0, masks.hi.0), shares(masks.lo.1, masks.hi.1))
        let (third, fourth) = (shares(masks.lo.2, masks.hi.2), shares(masks.lo.3, masks.hi.3))
        return (0..<8).reduce(0) { $0 + first[$1] * second[$1] * third[$1] * fourth[$1] }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A sum of floating-point numbers without any error, so that what is added and taken back leaves no trace.
///
/// The sum is a fixed-point number in digits of 32 bits, of which only those in use are kept. Digits lie in 64 bits, so
/// carries need to be settled only when the sum is read.
package struct ExactSum: Sendable {
    /// The exponent of the lowest digit's lowest bit, for place 0: below the smallest number there is.
    private static let lowestExponent = -1088

    private var digits: [Int64] = []
    /// The place of the first digit.
    private var lowest = 0
    /// Whether the digits are those of the negated sum.
    private var isFlipped = false
    private var unsettled = 0

    package init() {}

    /// How many digits are kept, for the memory bound.
    package var size: Int { digits.count }

    /// The places of the digits that are kept.
    var extent: Range<Int> { lowest..<lowest + digits.count }

    /// Where digits can lie: those of the largest number, and some for what many of them come to.
    static let places = 0..<(971 - lowestExponent) / 32 + 8

    /// Keeps digits for places that an earlier sum had, too.
    mutating func cover(_ extent: Range<Int>) {
        guard extent.count >= 3 else { return }
        reach(extent.lowerBound)
        reach(extent.upperBound - 3)
    }

    package mutating func add(_ number: Double) { change(number, isNegative: number.sign == .minus) }

    package mutating func remove(_ number: Double) { change(number, isNegative: number.sign == .plus) }

    /// The floating-point number next to the sum (an infinity beyond the largest).
    package var value: Double {
        mutating get {
            settle()
            if let top = digits.last(where: { $0 != 0 }), top < 0 {
                for index in digits.indices { digits[index] = -digits[index] }
                isFlipped.toggle()
                settle()
            }
            guard let top = digits.lastIndex(where: { $0 != 0 }) else { return 0 }
            // Three digits hold at least 65 bits: more than are rounded to, so the rest only tells "and a bit".
            var significand = UInt128(truncatingIfNeeded: digits[top])
            for place in [top - 1, top - 2] {
                significand = significand << 32
                if place >= 0 { significand |= UInt128(truncatingIfNeeded: digits[place]) }
            }
            if top > 2, digits[..<(top - 2)].contains(where: { $0 != 0 }) { significand |= 1 }
            let excess = 128 - significand.leadingZeroBitCount - 64
            var leading = UInt64(truncatingIfNeeded: significand >> UInt128(excess))
            if significand & ((1 << UInt128(excess)) - 1) != 0 { leading |= 1 }
            let exponent = Self.lowestExponent + 32 * (lowest + top - 2) + excess
            return Double(sign: isFlipped ? .minus : .plus, exponent: exponent, significand: Double(leading))
        }
    }

    private mutating func change(_ number: Double, isNegative: Bool) {
        guard number.isFinite, number != 0 else { return }
        let isSubnormal = number.exponentBitPattern == 0
        let significand = number.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
        // The exponent of the significand's lowest bit is biased by 1023 + 52 and at least that of bit pattern 1.
        let position = max(Int(number.exponentBitPattern), 1) - 1075 - Self.lowestExponent
        let shift = UInt64(position & 31)
        let wide = significand << shift
        let high = shift == 0 ? 0 : significand >> (64 - shift)
        reach(position >> 5)
        let place = (position >> 5) - lowest
        let sign: Int64 = isNegative == isFlipped ? 1 : -1
        digits[place] += sign * Int64(wide & 0xFFFF_FFFF)
        digits[place + 1] += sign * Int64(wide >> 32)
        digits[place + 2] += sign * Int64(high)
        unsettled += 1
        if unsettled == 1 << 29 { settle() }
    }

    /// Makes room for three digits from a place on.
    private mutating func reach(_ place: Int) {
        if digits.isEmpty {
            lowest = place
            digits = [0, 0, 0]
        }
        if place < lowest {
            digits.insert(contentsOf: repeatElement(0, count: lowest - place), at: 0)
            lowest = place
        }
        while place + 3 > lowest + digits.count { digits.append(0) }
    }

    /// Carries, until every digit but the last is from 0 to 2^32 - 1.
    private mutating func settle() {
        unsettled = 0
        guard let last = digits.indices.last else { return }
        var carry: Int64 = 0
        for index in 0..<last {
            let digit = digits[index] + carry
            digits[index] = digit & 0xFFFF_FFFF
            carry = digit >> 32
        }
        digits[last] += carry
        if digits[last].magnitude > 1 << 40 {
            digits.append(digits[last] >> 32)
            digits[last] &= 0xFFFF_FFFF
        }
    }
}

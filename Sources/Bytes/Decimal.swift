// SPDX-License-Identifier: Apache-2.0

/// Appends a number's decimal digits.
public func appendDecimal(_ value: Int64, to bytes: inout [UInt8]) {
    var rest = value.magnitude
    if rest < 10, value >= 0 {
        bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest))
        return
    }
    // Digits come from the last to the first; twenty places hold any 64-bit number with its sign.
    var digits: InlineArray<20, UInt8> = InlineArray(repeating: 0)
    var place = 20
    repeat {
        place &-= 1
        digits[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
    } while rest > 0
    if value < 0 {
        place &-= 1
        digits[place] = UInt8(ascii: "-")
    }
    while place < 20 {
        bytes.append(digits[place])
        place &+= 1
    }
}

/// Reads a whole number; nil when the span is empty, holds anything else or overflows.
public func decimal(_ span: Span<UInt8>) -> Int64? {
    var index = 0
    var negative = false
    if span.count > 0, span[0] == UInt8(ascii: "-") || span[0] == UInt8(ascii: "+") {
        negative = span[0] == UInt8(ascii: "-")
        index = 1
    }
    guard index < span.count else { return nil }
    var value: Int64 = 0
    while index < span.count {
        let digit = span[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
        let (sum, carried) =
            negative ? tens.subtractingReportingOverflow(Int64(digit)) : tens.addingReportingOverflow(Int64(digit))
        guard !overflowed, !carried else { return nil }
        value = sum
        index += 1
    }
    return value
}

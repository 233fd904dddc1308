// SPDX-License-Identifier: Apache-2.0

/// Appends a number's decimal digits.
public func appendDecimal(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let start = bytes.count
    repeat {
        bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
        rest /= 10
    } while rest > 0
    bytes[start...].reverse()
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

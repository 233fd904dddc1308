// SPDX-License-Identifier: Apache-2.0
import Bytes

/// A decimal number: sign, digits, fraction, exponent.
///
/// `Double` also reads hexadecimal, infinities and what is not a number; none of them is a number in telemetry.
func decimalNumber(_ value: Span<UInt8>) -> Double? {
    if let whole = decimal(value) { return Double(whole) }
    guard value.count > 0, value.count <= 64 else { return nil }
    for index in value.indices {
        switch value[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            continue
        default: return nil
        }
    }
    return Double(String(decoding: value))
}

/// Whether `value` starts with `wanted`.
func hasPrefix(_ value: Span<UInt8>, _ wanted: Span<UInt8>) -> Bool {
    value.count >= wanted.count && equalBytes(value.extracting(0..<wanted.count), wanted)
}

/// Whether `value` ends with `wanted`.
func hasSuffix(_ value: Span<UInt8>, _ wanted: Span<UInt8>) -> Bool {
    value.count >= wanted.count && equalBytes(value.extracting(value.count - wanted.count..<value.count), wanted)
}

/// Whether `needle` stands somewhere in `value`.
func containsBytes(_ value: Span<UInt8>, _ needle: Span<UInt8>) -> Bool {
    guard needle.count > 0 else { return true }
    guard value.count >= needle.count else { return false }
    let first = needle[0]
    var place = 0
    let last = value.count - needle.count
    while place <= last {
        if value[place] == first, equalBytes(value.extracting(place..<place + needle.count), needle) { return true }
        place &+= 1
    }
    return false
}

// SPDX-License-Identifier: Apache-2.0

/// Value of a hexadecimal digit, nil for any other byte.
@inlinable
public func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte &- UInt8(ascii: "A") &+ 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte &- UInt8(ascii: "a") &+ 10
    default: nil
    }
}

/// Decodes pairs of hexadecimal digits onto `output`; false (and nothing appended) when the span is not all that.
public func decodeHex(_ span: Span<UInt8>, onto output: inout [UInt8]) -> Bool {
    guard span.count % 2 == 0 else { return false }
    let start = output.count
    var index = 0
    while index < span.count {
        guard let high = hexDigit(span[index]), let low = hexDigit(span[index &+ 1]) else {
            output.removeSubrange(start...)
            return false
        }
        output.append(high << 4 | low)
        index &+= 2
    }
    return true
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Replaces what is not UTF-8 by U+FFFD.
enum UTF8Repair {
    /// Appends a repaired copy of a part of `bytes` to it and tells where it is.
    static func append(_ range: Range<Int>, of bytes: inout [UInt8]) -> Range<Int> {
        let source = Array(bytes.span.extracting(range))
        let start = bytes.count
        var index = 0
        while index < source.count {
            let length = source[index] < 0x80 ? 1 : CaseFolding.scalarLength(source.span, at: index)
            if length == 1, source[index] >= 0x80 {
                bytes.append(contentsOf: [0xEF, 0xBF, 0xBD])
            } else {
                bytes.append(contentsOf: source[index..<index + length])
            }
            index += length
        }
        return start..<bytes.count
    }
}

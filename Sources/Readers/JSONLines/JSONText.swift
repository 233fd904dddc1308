// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Writes a value of a parsed document as JSON again: evidence of a part of a record, or without what is masked.
enum JSONText {
    /// What stands for a masked value.
    private static let mask: StaticString = "\"[masked]\""

    /// Appends the value at `index` to the bytes its strings lie in, and tells where it is.
    ///
    /// `masked` names values, in the order of the document, that are replaced.
    static func append(
        _ tape: JSONTape, _ index: Int, masked: [Int] = [], into bytes: inout [UInt8]
    ) -> Range<Int> {
        let start = bytes.count
        /// Open objects and arrays; numbers of members already written.
        var open: [(isObject: Bool, close: Int, members: Int)] = []
        var at = index
        var next = 0
        repeat {
            if let last = open.last, at >= last.close {
                bytes.append(last.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                at = last.close + 1
                open.removeLast()
                continue
            }
            if let last = open.last {
                if last.members > 0 { bytes.append(UInt8(ascii: ",")) }
                open[open.count - 1].members += 1
                if last.isObject {
                    appendString(tape.string(at, in: bytes), of: &bytes)
                    bytes.append(UInt8(ascii: ":"))
                    at += 1
                }
            }
            while next < masked.count, masked[next] < at { next += 1 }
            if next < masked.count, masked[next] == at {
                bytes.append(contentsOf: String(describing: mask).utf8)
                at = tape.end(at)
                continue
            }
            let tag = tape.tag(at)
            if tag == JSONTape.Tag.object || tag == JSONTape.Tag.array {
                bytes.append(tag)
                open.append((tag == JSONTape.Tag.object, tape.end(at) - 1, 0))
                at += 1
            } else {
                appendScalar(tape, at, of: &bytes)
                at = tape.end(at)
            }
        } while !open.isEmpty
        return start..<bytes.count
    }

    private static func appendScalar(_ tape: JSONTape, _ at: Int, of bytes: inout [UInt8]) {
        switch tape.tag(at) {
        case JSONTape.Tag.string: appendString(tape.string(at, in: bytes), of: &bytes)
        case JSONTape.Tag.integer: appendDecimal(Int64(bitPattern: tape.word(at + 1)), to: &bytes)
        case JSONTape.Tag.unsigned: bytes.append(contentsOf: String(tape.word(at + 1)).utf8)
        case JSONTape.Tag.double: bytes.append(contentsOf: Double(bitPattern: tape.word(at + 1)).description.utf8)
        case JSONTape.Tag.yes: bytes.append(contentsOf: "true".utf8)
        case JSONTape.Tag.no: bytes.append(contentsOf: "false".utf8)
        default: bytes.append(contentsOf: "null".utf8)
        }
    }

    /// Quotes and escapes as RFC 8259, section 7, asks.
    private static func appendString(_ range: Range<Int>, of bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for index in range {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(contentsOf: [0x30 + byte >> 4, digit(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
}

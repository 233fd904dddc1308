// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Questions about a range of a batch's bytes; positions are those of the batch.
extension EventBatch {
    /// Whether the range holds exactly a text.
    func holds(_ range: Range<Int>, _ text: StaticString) -> Bool {
        equalBytes(bytes.span.extracting(range), text)
    }

    /// Whether the range holds exactly one of a few texts.
    func holds(_ range: Range<Int>, oneOf texts: [StaticString]) -> Bool {
        for text in texts where holds(range, text) { return true }
        return false
    }

    /// Whether the range starts with a text.
    func starts(_ range: Range<Int>, with text: StaticString) -> Bool {
        startsWith(bytes.span.extracting(range), text)
    }

    /// Position of the first `byte` in the range.
    func position(of byte: UInt8, in range: Range<Int>) -> Int? {
        firstIndex(of: byte, in: bytes.span.extracting(range)).map { range.lowerBound + $0 }
    }

    func wholeNumber(_ range: Range<Int>) -> Int64? { decimal(bytes.span.extracting(range)) }

    /// Appends a copy of a part of the bytes to them.
    mutating func appendCopy(_ range: Range<Int>) {
        bytes.reserveCapacity(bytes.count + range.count)
        for index in range {
            let byte = bytes[index]
            bytes.append(byte)
        }
    }
}

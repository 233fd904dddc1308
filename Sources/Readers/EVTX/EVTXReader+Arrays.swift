// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Arrays: Windows shows an element for each item, so each gets a slot of its own.
extension EVTXReader {
    /// Makes the slots of an array.
    mutating func writeArray(_ bytes: RawSpan, _ step: EVTXStep, _ type: UInt8) {
        if bytes.byteCount == 0 {
            add(bytes, step, EVTXValueType.null)
            return
        }
        var at = 0
        while at < bytes.byteCount, output.slotCount < EVTXOutput.maximumSlots, stepsLeft > 0 {
            stepsLeft -= 1
            let (size, next) = Self.item(bytes, at, type)
            add(bytes.extracting(at..<at &+ size), step, type)
            at = next
        }
        if at < bytes.byteCount { output.omitted &+= 1 }
    }

    private mutating func add(_ item: RawSpan, _ step: EVTXStep, _ type: UInt8) {
        let start = output.count
        let kind = type == EVTXValueType.null ? ValueKind.string : output.write(type, item)
        if kind == nil { output.omitted &+= 1 }
        finish(step, from: start, kind)
    }

    /// How many bytes the item at a place has, and where the next one begins.
    private static func item(_ bytes: RawSpan, _ at: Int, _ type: UInt8) -> (size: Int, next: Int) {
        let rest = bytes.byteCount - at
        switch type {
        case EVTXValueType.string, EVTXValueType.xml:
            var end = at
            while end &+ 1 < bytes.byteCount, bytes.unsigned16(end) != 0 { end &+= 2 }
            return (end - at, min(end + 2, bytes.byteCount))
        case EVTXValueType.ansiString:
            var end = at
            while end < bytes.byteCount, bytes.unsigned8(end) != 0 { end &+= 1 }
            return (end - at, end + 1)
        case EVTXValueType.securityID:
            let size = min(8 + 4 * Int(bytes.unsigned8(at + 1)), rest)
            return (size, at + size)
        case EVTXValueType.size:
            // As wide as the writer's pointers, which nothing else tells.
            let size = min(bytes.byteCount % 8 == 0 ? 8 : 4, rest)
            return (size, at + size)
        default:
            let width = EVTXValueType.width(type)
            let size = width == 0 ? rest : min(width, rest)
            return (size, at + size)
        }
    }
}

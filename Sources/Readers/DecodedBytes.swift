// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Values decoded while a batch's input is being read in place.
///
/// While a reader holds a span over the batch's bytes it cannot append to them; what it decodes collects here, at the
/// offsets it will have once `EventBatch.put(back:_:)` hangs it behind the input.
struct DecodedBytes {
    /// The decoded values.
    var bytes: [UInt8] = []
    /// Where the first of them will lie in the batch.
    private(set) var base = 0

    /// Empties the collection; the next value will lie at `base`.
    mutating func start(at base: Int) {
        bytes.removeAll(keepingCapacity: true)
        self.base = base
    }

    /// Where the next value will lie in the batch.
    var end: Int { base + bytes.count }

    /// Copies a value.
    mutating func store(_ value: Span<UInt8>) -> Range<Int> {
        let start = end
        bytes.append(contentsOf: value)
        return start..<end
    }

    /// Copies a literal.
    mutating func store(_ text: StaticString) -> Range<Int> {
        let start = end
        // SAFETY: a static string's UTF-8 lives as long as the program.
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
        return start..<end
    }

    /// Gives back everything stored from `start` on.
    mutating func truncate(to start: Int) { bytes.removeSubrange((start - base)...) }
}

extension EventBatch {
    /// Takes the bytes out, so that slots and events can be added while they are read.
    mutating func takeBytes() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        return taken
    }

    /// Puts the bytes back with what was decoded behind them.
    mutating func put(back taken: consuming [UInt8], _ decoded: DecodedBytes) {
        bytes = taken
        bytes.append(contentsOf: decoded.bytes)
    }
}

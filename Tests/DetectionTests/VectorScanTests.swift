// SPDX-License-Identifier: Apache-2.0
import CScan
import TestSupport
import Testing

/// The vector instructions must answer as the plain form does, at every length and wherever a value ends in memory.
@Suite struct VectorScanTests {
    @Test(arguments: 0..<UInt64(40))
    func `vector instructions answer as the plain form does`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var masks = vd_scan_masks()
        // Sparse masks, so that both answers come up; every fourth allows any fourth byte, as short literals do.
        withUnsafeMutableBytes(of: &masks) { bytes in
            for index in bytes.indices {
                bytes[index] = UInt8.random(in: 0...255, using: &random) & UInt8.random(in: 0...255, using: &random)
            }
            if seed % 4 == 0 { for index in 48..<64 { bytes[index] = 255 } }
            if seed % 4 == 0 { for index in 112..<128 { bytes[index] = 255 } }
        }
        var answers = (yes: 0, no: 0)
        for _ in 0..<400 {
            let length = Int.random(in: 0...100, using: &random)
            let behind = Int.random(in: 0...40, using: &random)
            // Few different bytes, mostly of one kind, so that long values without any candidate exist.
            let usual = UInt8.random(in: 0x20...0x7E, using: &random)
            var bytes = [UInt8](repeating: usual, count: length + behind)
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...0x84, using: &random)
            }
            let (vector, plain) = Self.looks(masks, bytes, length)
            #expect(vector.places == plain.places, "\(length) bytes, \(behind) behind them: \(bytes)")
            #expect(vector.first == plain.first, "\(length) bytes, \(behind) behind them: \(bytes)")
            if plain.first >= 0 { answers.yes += 1 } else { answers.no += 1 }
        }
        #expect(answers.yes > 0)
        #expect(answers.no > 0)
    }

    private struct Look {
        /// For each block of 32 bytes the places at which something may begin.
        var places: [UInt32] = []
        /// Where the first block begins that has any, or a byte that is not ASCII.
        var first = -1
    }

    /// The answers of the vector instructions, and those of the plain form.
    private static func looks(_ masks: vd_scan_masks, _ bytes: [UInt8], _ length: Int) -> (vector: Look, plain: Look) {
        var (vector, plain) = (Look(), Look())
        var masks = masks
        bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for start in stride(from: 0, to: length, by: 32) {
                let (count, readable) = (min(32, length - start), bytes.count - start)
                let places = vd_scan_places_plain(&masks, base + start, count, readable)
                vector.places.append(vd_scan_places(&masks, base + start, count, readable))
                plain.places.append(places)
                let isWide = bytes[start..<start + count].contains { $0 >= 0x80 }
                if plain.first < 0, isWide || places != 0 { plain.first = start }
            }
            vector.first = vd_scan_first(&masks, base, length, bytes.count)
        }
        return (vector, plain)
    }
}

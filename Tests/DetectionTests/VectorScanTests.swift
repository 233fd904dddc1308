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
        // Sparse masks, so that both answers come up; every fourth allows any third byte, as short literals do.
        withUnsafeMutableBytes(of: &masks) { bytes in
            for index in bytes.indices {
                bytes[index] = UInt8.random(in: 0...255, using: &random) & UInt8.random(in: 0...255, using: &random)
            }
            if seed % 4 == 0 { for index in 32..<48 { bytes[index] = 255 } }
            if seed % 4 == 0 { for index in 80..<96 { bytes[index] = 255 } }
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
            let (vector, plain) = bytes.withUnsafeBufferPointer { buffer in
                let base = buffer.baseAddress ?? UnsafePointer(bitPattern: 16)!
                return (
                    vd_scan_may_hold(&masks, base, length, length + behind),
                    vd_scan_may_hold_plain(&masks, base, length)
                )
            }
            #expect(vector == plain, "\(length) bytes, \(behind) behind them: \(bytes.prefix(length))")
            if plain != 0 { answers.yes += 1 } else { answers.no += 1 }
        }
        #expect(answers.yes > 0)
        #expect(answers.no > 0)
    }
}

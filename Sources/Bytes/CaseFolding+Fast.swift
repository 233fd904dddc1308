// SPDX-License-Identifier: Apache-2.0

extension CaseFolding {
    /// Folds into memory and gives the length, if the value is ASCII; -1 as soon as a byte is not.
    ///
    /// Eight bytes at a time: a byte is upper case when adding the distance to the end of the ASCII range carries into the
    /// eighth bit for `A` but not for the byte behind `Z`.
    ///
    /// SAFETY: `output` has room for `value.count` bytes.
    @inline(__always)
    @unsafe public static func foldASCII(_ value: Span<UInt8>, into output: UnsafeMutablePointer<UInt8>) -> Int {
        let count = value.count
        let target = UnsafeMutableRawPointer(output)
        return unsafe value.withUnsafeBytes { source in
            guard let base = source.baseAddress else { return 0 }
            var place = 0
            while place &+ 8 <= count {
                let word = unsafe base.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                if word & 0x8080_8080_8080_8080 != 0 { return -1 }
                let atLeastA = word &+ 0x3F3F_3F3F_3F3F_3F3F
                let pastZ = word &+ 0x2525_2525_2525_2525
                let upper = (atLeastA ^ pastZ) & 0x8080_8080_8080_8080
                unsafe target.storeBytes(of: word | upper >> 2, toByteOffset: place, as: UInt64.self)
                place &+= 8
            }
            while place < count {
                let byte = unsafe base.load(fromByteOffset: place, as: UInt8.self)
                if byte >= 0x80 { return -1 }
                unsafe target.storeBytes(of: lowercased(byte), toByteOffset: place, as: UInt8.self)
                place &+= 1
            }
            return count
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

/// The key of the hashes that stand for entities and values while an alert is open.
///
/// Nobody who writes telemetry can make two of them collide, as long as the key stays secret. It is saved with the alerts,
/// so that what was saved by one run is found again by the next.
public struct Secret: Hashable, Sendable {
    let key: UInt64

    /// A key of its own.
    init(key: UInt64) { self.key = key }

    /// The key of this process.
    public static let process = Secret(key: .random(in: .min ... .max))

    /// The hash of a list of bytes, going on from the hash of what stood before it.
    @inline(__always)
    func hash(_ bytes: Span<UInt8>, after before: UInt64) -> UInt64 { WideBytes.hash(bytes, key: key ^ before) }

    /// The hash of a number, going on from the hash of what stood before it.
    @inline(__always)
    func hash(_ number: Int, after before: UInt64) -> UInt64 {
        WideBytes.fold(before ^ UInt64(bitPattern: Int64(number)), key ^ 0x9E37_79B9_7F4A_7C15)
    }
}

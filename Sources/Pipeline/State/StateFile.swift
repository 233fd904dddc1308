// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The form of a file of saved state: what it is, whose it is, and a seal over all of it.
///
/// | bytes | what |
/// |---|---|
/// | 16 | `VEDETTE STATE` and three line feeds |
/// | 8 | `StateWriter.version`, little-endian |
/// | 16 | digest of rules, strategies and options the state depends on |
/// | 8 | length of the payload |
/// | n | the payload |
/// | 16 | SipHash-2-4-128 of all before, under a fixed key: it tells damage, not forgery |
enum StateFile {
    private static let magic = Array("VEDETTE STATE\n\n\n".utf8)
    private static let headerSize = 48
    private static let sealSize = SipHash.byteCount
    /// Larger files are not read.
    static let mostBytes = 2 << 30

    /// The seal's hash.
    static let seal = SipHash(key: Array("vedette state 01".utf8))

    /// The bytes of a file.
    static func bytes(payload: [UInt8], digest: SipHash.Digest) -> [UInt8] {
        var bytes = magic
        bytes.reserveCapacity(headerSize + payload.count + sealSize)
        append(StateWriter.version, to: &bytes)
        bytes += digest.bytes
        append(UInt64(payload.count), to: &bytes)
        bytes += payload
        if let seal { bytes += seal.digest(of: bytes).bytes }
        return bytes
    }

    /// The payload of a file; refused in words when the file is not whole, of another version or for other rules.
    static func payload(_ bytes: [UInt8], name: String, digest: SipHash.Digest?) throws(StateError) -> [UInt8] {
        guard bytes.starts(with: magic) else { throw StateError(.torn, "\(name) is no saved state of Vedette") }
        guard bytes.count >= headerSize + sealSize else { throw StateError(.torn, "\(name) ends too early") }
        let version = number(bytes, at: 16)
        guard version == StateWriter.version else {
            throw StateError(
                .otherVersion,
                "\(name) was written by another version of Vedette (form \(version); this one reads form \(StateWriter.version))"
            )
        }
        guard number(bytes, at: 40) == UInt64(bytes.count - headerSize - sealSize),
            let seal, seal.digest(of: Array(bytes.dropLast(sealSize))).bytes == Array(bytes.suffix(sealSize))
        else { throw StateError(.torn, "\(name) is damaged: its seal does not fit its content") }
        if let digest, Array(bytes[24..<40]) != digest.bytes {
            throw StateError(.otherRules, "\(name) belongs to other rules, strategies or options")
        }
        return Array(bytes[headerSize..<bytes.count - sealSize])
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 0 as UInt64, to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private static func number(_ bytes: [UInt8], at offset: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
    }
}

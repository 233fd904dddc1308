// SPDX-License-Identifier: Apache-2.0
import CZlib
import CZstd
import Foundation

/// Compressed forms of a text.
enum Compression: String, CaseIterable, Sendable {
    case gzip
    case zstandard

    /// The bytes, compressed.
    func compress(_ bytes: [UInt8]) throws -> [UInt8] {
        switch self {
        case .gzip: try Self.gzip(bytes)
        case .zstandard: try Self.zstandard(bytes)
        }
    }

    private struct Failed: Error {}

    private static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        // 16 over the window's bits asks for gzip's own header and trailer (zlib.h, deflateInit2).
        guard
            deflateInit2_(
                &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw Failed() }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let code = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                // SAFETY: both buffers outlive the one call that uses them.
                (stream.next_in, stream.avail_in) = (from.baseAddress, UInt32(from.count))
                (stream.next_out, stream.avail_out) = (to.baseAddress, UInt32(to.count))
                return deflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END else { throw Failed() }
        return Array(output.prefix(Int(stream.total_out)))
    }

    private static func zstandard(_ bytes: [UInt8]) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let size = ZSTD_compress(&output, output.count, bytes, bytes.count, 3)
        guard ZSTD_isError(size) == 0 else { throw Failed() }
        return Array(output.prefix(size))
    }
}

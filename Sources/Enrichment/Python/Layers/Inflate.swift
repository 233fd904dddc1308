// SPDX-License-Identifier: Apache-2.0
import CZlib

/// Bounded decompression of zlib, gzip and raw deflate data (RFC 1950, 1952, 1951).
enum Inflate {
    /// Decompresses until the end, the first damage or `limit` bytes; nil when nothing came out.
    static func decompress(_ input: [UInt8], limit: Int, isRaw: Bool = false) -> [UInt8]? {
        guard limit > 0, !input.isEmpty, input.count <= Int(UInt32.max) else { return nil }
        var stream = unsafe z_stream()
        // 15 bits of window; 32 more let zlib tell its own header from gzip's (zlib.h, inflateInit2).
        let opened = unsafe inflateInit2_(
            &stream, isRaw ? -15 : 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard opened == Z_OK else { return nil }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: min(limit, 16 << 10))
        var input = input
        // SAFETY: zlib reads `avail_in` bytes of `source` and writes `avail_out` of `target`; both buffers outlive the
        // calls inside these closures, and the stream is closed before they end.
        unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe chunk.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                var status = Z_OK
                while status == Z_OK, output.count < limit {
                    unsafe stream.next_out = target.baseAddress
                    unsafe stream.avail_out = UInt32(target.count)
                    status = unsafe inflate(&stream, Z_NO_FLUSH)
                    let written = unsafe target.count - Int(stream.avail_out)
                    unsafe output.append(contentsOf: target.prefix(min(written, limit - output.count)))
                    if written == 0 { break }
                }
                unsafe inflateEnd(&stream)
            }
        }
        return output.isEmpty ? nil : output
    }

    /// Whether data starts like zlib's or gzip's.
    static func hasMagic(_ input: [UInt8]) -> Bool {
        guard input.count > 6 else { return false }
        if input[0] == 0x1F, input[1] == 0x8B { return true }
        return input[0] == 0x78 && (Int(input[0]) << 8 | Int(input[1])) % 31 == 0
    }
}

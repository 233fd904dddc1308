// SPDX-License-Identifier: Apache-2.0
import CZlib

/// How a decoder left off.
enum DecoderStep {
    /// It used up its input or filled its output.
    case more
    /// The compressed data is damaged; nothing more can be had.
    case damaged
}

/// Decodes gzip (RFC 1952), concatenated members included.
@safe final class GzipDecoder {
    // SAFETY: zlib's internal state points back at its stream, so the stream must keep its address: it lives on the
    // heap from init to deinit and is never copied.
    private let stream: UnsafeMutablePointer<z_stream>
    private let ready: Bool
    /// Whether the data seen so far ends exactly at the end of a member.
    private(set) var atEnd = false

    /// Makes a decoder at the start of a member.
    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 bits of window, the most there are; 16 asks for the gzip wrapper (zlib.h, inflateInit2).
        ready = unsafe inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        if ready { unsafe inflateEnd(stream) }
        unsafe stream.deallocate()
    }

    /// Decodes from `input[start...]` onto `output[filled...]`, moving both numbers on.
    func decode(_ input: inout [UInt8], from start: inout Int, onto output: inout [UInt8], filled: inout Int)
        -> DecoderStep
    {
        guard ready else { return .damaged }
        while start < input.count, filled < output.count {
            if atEnd {
                // Zeros pad members on tapes; anything else must be the next member.
                if input[start] == 0 {
                    start += 1
                    continue
                }
                guard input[start] == 0x1F, unsafe inflateReset(stream) == Z_OK else { return .damaged }
                atEnd = false
            }
            let code = unsafe input.withUnsafeMutableBufferPointer { source in
                unsafe output.withUnsafeMutableBufferPointer { target in
                    // SAFETY: both counts are what is left behind the pointers.
                    unsafe stream.pointee.next_in = unsafe source.baseAddress.map { unsafe $0 + start }
                    unsafe stream.pointee.avail_in = uInt(clamping: source.count - start)
                    unsafe stream.pointee.next_out = unsafe target.baseAddress.map { unsafe $0 + filled }
                    unsafe stream.pointee.avail_out = uInt(clamping: target.count - filled)
                    let code = unsafe inflate(stream, Z_NO_FLUSH)
                    start = source.count - Int(unsafe stream.pointee.avail_in)
                    filled = target.count - Int(unsafe stream.pointee.avail_out)
                    return code
                }
            }
            switch code {
            case Z_OK: continue
            case Z_BUF_ERROR: return .more
            case Z_STREAM_END: atEnd = true
            default: return .damaged
            }
        }
        return .more
    }
}

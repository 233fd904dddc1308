// SPDX-License-Identifier: Apache-2.0
import CZstd

/// Decodes Zstandard (RFC 8878), concatenated and skippable frames included.
///
/// Frames that ask for a window over 128 MiB are refused by the library's default, which bounds memory.
@safe final class ZstandardDecoder {
    // SAFETY: an owned library handle, freed in deinit.
    private let stream: OpaquePointer?
    /// Whether the data seen so far ends exactly at the end of a frame.
    private(set) var atEnd = true

    /// Makes a decoder at the start of a frame.
    init() { unsafe stream = ZSTD_createDStream() }

    deinit { unsafe ZSTD_freeDStream(stream) }

    /// Decodes from `input[start...]` onto `output[filled...]`, moving both numbers on.
    func decode(_ input: inout [UInt8], from start: inout Int, onto output: inout [UInt8], filled: inout Int)
        -> DecoderStep
    {
        guard let stream = unsafe stream else { return .damaged }
        let before = (start, filled)
        let code = unsafe input.withUnsafeBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                // SAFETY: sizes and positions are those of the two arrays.
                var from = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: start)
                var onto = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: filled)
                let code = unsafe ZSTD_decompressStream(stream, &onto, &from)
                start = unsafe from.pos
                filled = unsafe onto.pos
                return code
            }
        }
        if ZSTD_isError(code) != 0 { return .damaged }
        // Behind a frame the library asks for the next one's header even when nothing follows.
        if before != (start, filled) { atEnd = code == 0 }
        return .more
    }
}

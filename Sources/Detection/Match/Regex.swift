// SPDX-License-Identifier: Apache-2.0
import CPCRE2

/// How a regular expression is to be read.
struct RegexFlags: Hashable, Sendable {
    var ignoreCase = false
    var multiLine = false
    var dotMatchesAll = false
}

/// Why a regular expression does not compile.
struct RegexError: Error {
    var message: String
}

/// A compiled PCRE2 expression: unanchored, Unicode aware, tolerant of invalid UTF-8, and limited in work so that no
/// pattern can stall a hunt.
///
/// SAFETY: the pointers belong to this object alone, are set once and freed in `deinit`.
@safe final class Regex {
    /// What a search came to.
    enum Outcome { case match, noMatch, limitReached }

    private let code: OpaquePointer
    private let data: OpaquePointer
    private let context: OpaquePointer

    /// Steps a single search may take (PCRE2's match limit); a linear pattern needs a few for each byte.
    static let matchLimit: UInt32 = 1_000_000

    init(_ pattern: String, _ flags: RegexFlags) throws(RegexError) {
        var options = UInt32(PCRE2_UTF) | UInt32(PCRE2_MATCH_INVALID_UTF) | UInt32(PCRE2_NEVER_BACKSLASH_C)
        if flags.ignoreCase { options |= UInt32(PCRE2_CASELESS) }
        if flags.multiLine { options |= UInt32(PCRE2_MULTILINE) }
        if flags.dotMatchesAll { options |= UInt32(PCRE2_DOTALL) }
        var code: Int32 = 0
        var offset = 0
        var utf8 = Array(pattern.utf8)
        // SAFETY: the pattern's buffer outlives the call; PCRE2 copies what it keeps.
        let compiled = unsafe utf8.withUnsafeMutableBufferPointer { buffer in
            unsafe pcre2_compile_8(buffer.baseAddress, buffer.count, options, &code, &offset, nil)
        }
        guard let compiled = unsafe compiled else {
            throw RegexError(message: "\(Self.describe(code)) at offset \(offset)")
        }
        // Without just-in-time compilation PCRE2 interprets: slower, same result.
        _ = unsafe pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
        guard let data = unsafe pcre2_match_data_create_8(1, nil),
            let context = unsafe pcre2_match_context_create_8(nil)
        else {
            unsafe pcre2_code_free_8(compiled)
            throw RegexError(message: "out of memory")
        }
        unsafe pcre2_set_match_limit_8(context, Self.matchLimit)
        unsafe pcre2_set_heap_limit_8(context, 20_000)
        unsafe self.code = compiled
        unsafe self.data = data
        unsafe self.context = context
    }

    deinit {
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_match_data_free_8(data)
        unsafe pcre2_code_free_8(code)
    }

    /// Searches a value.
    func search(_ value: Span<UInt8>) -> Outcome {
        // SAFETY: the span's buffer is only read during the call; match data and context belong to this object, which
        // is used by one thread at a time (each engine compiles its own).
        let result = unsafe value.withUnsafeBufferPointer { buffer in
            unsafe pcre2_match_8(code, buffer.baseAddress, buffer.count, 0, 0, data, context)
        }
        if result >= 0 { return .match }
        return result == PCRE2_ERROR_NOMATCH ? .noMatch : .limitReached
    }

    private static func describe(_ code: Int32) -> String {
        var text = [UInt8](repeating: 0, count: 256)
        // SAFETY: PCRE2 writes at most `count` bytes, terminator included.
        let length = unsafe text.withUnsafeMutableBufferPointer { buffer in
            unsafe pcre2_get_error_message_8(code, buffer.baseAddress, buffer.count)
        }
        return String(decoding: text.prefix(Int(max(0, length))), as: UTF8.self)
    }
}

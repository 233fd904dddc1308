// SPDX-License-Identifier: Apache-2.0
import CPCRE2
import Synchronization

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

/// A compiled PCRE2 expression: unanchored, Unicode aware, tolerant of invalid UTF-8.
///
/// Compiled to machine code when it is first searched for: most patterns of a large rule set never are.
///
/// SAFETY: the pointer belongs to this object alone and is freed in `deinit`. PCRE2 only reads it while matching, on any
/// thread; just-in-time compilation, which writes to it, is behind a lock and happens before the first match.
@safe final class Regex: @unchecked Sendable {
    /// What a search came to.
    enum Outcome { case match, noMatch, limitReached }

    private let code: OpaquePointer
    /// No shorter value can match, in bytes.
    private let shortest: Int
    private let isReady = Atomic(false)
    private let lock = Mutex(())

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
        unsafe self.code = compiled
        var least: UInt32 = 0
        // In characters, of which each has at least a byte; 0 when PCRE2 does not know (pcre2_pattern_info(3)).
        _ = unsafe pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_MINLENGTH), &least)
        shortest = Int(least)
    }

    deinit { unsafe pcre2_code_free_8(code) }

    /// Searches a value with memory of the calling thread's.
    func search(_ value: Span<UInt8>, _ memory: RegexMemory) -> Outcome {
        // PERF: `.{1000,}` would be tried from each place of a short value.
        if value.count < shortest { return .noMatch }
        if !isReady.load(ordering: .acquiring) { prepare() }
        // SAFETY: the span's buffer is only read during the call.
        let result = unsafe value.withUnsafeBufferPointer { buffer in
            unsafe pcre2_match_8(code, buffer.baseAddress, buffer.count, 0, 0, memory.data, memory.context)
        }
        if result >= 0 { return .match }
        return result == PCRE2_ERROR_NOMATCH ? .noMatch : .limitReached
    }

    private func prepare() {
        lock.withLock { _ in
            if isReady.load(ordering: .relaxed) { return }
            // Without just-in-time compilation PCRE2 interprets: slower, same result.
            _ = unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
            isReady.store(true, ordering: .releasing)
        }
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

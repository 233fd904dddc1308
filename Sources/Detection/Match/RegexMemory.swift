// SPDX-License-Identifier: Apache-2.0
import CPCRE2

/// What searches of one thread write to, and the limits that keep a pattern from stalling a hunt.
///
/// SAFETY: the pointers belong to this object alone, are set once and freed in `deinit`.
@safe final class RegexMemory {
    let data: OpaquePointer?
    let context: OpaquePointer?

    /// Steps a single search may take (PCRE2's match limit); a linear pattern needs a few for each byte.
    static let matchLimit: UInt32 = 1_000_000
    /// Kibibytes of heap a search may take (PCRE2's heap limit).
    static let heapLimit: UInt32 = 20_000

    init() {
        // Where memory runs out both stay nil, and PCRE2 answers with an error: a search that gave up.
        unsafe data = pcre2_match_data_create_8(1, nil)
        unsafe context = pcre2_match_context_create_8(nil)
        if unsafe context != nil {
            unsafe pcre2_set_match_limit_8(context, Self.matchLimit)
            unsafe pcre2_set_heap_limit_8(context, Self.heapLimit)
        }
    }

    deinit {
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_match_data_free_8(data)
    }
}

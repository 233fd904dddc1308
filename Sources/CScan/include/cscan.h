// SPDX-License-Identifier: Apache-2.0
// A quick look whether any of a few literals may stand in a value; vector instructions, which Swift cannot spell well.
#ifndef VEDETTE_CSCAN_H
#define VEDETTE_CSCAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Four bytes of each literal, spread over eight buckets: bit b of lo[i][n] says that some literal of bucket b has a
/// byte with the low four bits n at place i of its four, hi[i] says the same of the high four bits.
/// The scheme is that of Teddy (Hyperscan; Wang et al., NSDI 2019).
typedef struct {
    uint8_t lo[4][16];
    uint8_t hi[4][16];
} vd_scan_masks;

/// Where the first block of 32 bytes begins in which a literal may begin, or that is not plain ASCII; SIZE_MAX when none
/// of the literals stands in `bytes[0 ..< length]`. `readable` bytes, at least `length`, may be read from `bytes` on.
size_t vd_scan_first(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable);

/// For each of `length` bytes, at most 32, a bit that says whether a literal may begin there: bit 0 for the first. What
/// lies behind the value, up to `readable`, is looked at as if it belonged to it.
uint32_t vd_scan_places(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable);

/// The same, always without vector instructions of the machine; the reference in tests.
uint32_t vd_scan_places_plain(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable);

/// The bit map in front of a table of 32-bit keys: the upper bits of the key's product with 0x85EBCA6B, all but `shift`
/// of them, are the place of its bit.
typedef struct {
    const uint64_t *bits;
    uint32_t shift;
} vd_scan_grams;

/// From `from` on the first place below `length` at which, ASCII letters taken in lower case, four bytes stand that
/// `grams` may hold, or two (as a number below 65536) that `pairs` may hold; SIZE_MAX when there is none.
/// Where masks are given, only places are asked about at which these see a literal; each may be NULL.
/// `readable` bytes, at least `length`, may be read from `text` on.
size_t vd_scan_next(
    const vd_scan_masks *masks, const vd_scan_grams *grams, const vd_scan_grams *pairs, const uint8_t *text,
    size_t from, size_t length, size_t readable);

/// A bit for each 64 of `length` bytes, at most 4096, some of which are not ASCII; bit 0 for the first.
uint64_t vd_scan_wide(const uint8_t *text, size_t length);

/// Where the first backslash of `bytes[0 ..< length]` stands; `length` when there is none.
/// 15 bytes behind the text must be readable, with any content.
static inline size_t vd_scan_backslash(const uint8_t *bytes, size_t length);

/// Decodes the escapes of a JSON text (RFC 8259, section 7) into `out` and returns the decoded length; SIZE_MAX when an
/// escape is malformed or is half of a surrogate pair. Behind both, 16 bytes must be readable and writable, with any
/// content; what is written behind the decoded text has no meaning.
size_t vd_scan_unescape(const uint8_t *bytes, size_t length, uint8_t *out);

#if defined(__x86_64__)
#include <emmintrin.h>
static inline size_t vd_scan_backslash(const uint8_t *bytes, size_t length) {
    const __m128i wanted = _mm_set1_epi8('\\');
    for (size_t index = 0; index < length; index += 16) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + index));
        const unsigned found = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, wanted));
        if (found) {
            const size_t place = index + (size_t)__builtin_ctz(found);
            return place < length ? place : length;
        }
    }
    return length;
}
#else
static inline size_t vd_scan_backslash(const uint8_t *bytes, size_t length) {
    size_t index = 0;
    while (index < length && bytes[index] != '\\') index++;
    return index;
}
#endif

#ifdef __cplusplus
}
#endif
#endif

// SPDX-License-Identifier: Apache-2.0
#include "cscan.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

static uint8_t buckets(const vd_scan_masks *masks, int place, uint8_t byte) {
    return masks->lo[place][byte & 15] & masks->hi[place][byte >> 4];
}

// A place behind what may be read counts as a byte of 0: literals shorter than four bytes have all bits set there.
uint32_t vd_scan_places_plain(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable) {
    uint32_t places = 0;
    for (size_t index = 0; index < length; index++) {
        uint8_t found = buckets(masks, 0, bytes[index]);
        found &= buckets(masks, 1, index + 1 < readable ? bytes[index + 1] : 0);
        found &= buckets(masks, 2, index + 2 < readable ? bytes[index + 2] : 0);
        found &= buckets(masks, 3, index + 3 < readable ? bytes[index + 3] : 0);
        if (found) places |= UINT32_C(1) << index;
    }
    return places;
}

// The bytes of a block, and three behind, in memory of its own where as many cannot be read.
static const uint8_t *block_start(const uint8_t *bytes, size_t readable, uint8_t rest[35]) {
    if (readable >= 35) return bytes;
    memset(rest, 0, 35);
    memcpy(rest, bytes, readable);
    return rest;
}

static inline int has_bit(const vd_scan_grams *grams, uint32_t key) {
    const uint32_t bit = (key * UINT32_C(0x85EBCA6B)) >> grams->shift;
    return (int)(grams->bits[bit >> 6] >> (bit & 63)) & 1;
}

// Four ASCII bytes in lower case: the eighth bit of the first sum is set from `A` on, that of the second behind `Z`.
static inline uint32_t folded(uint32_t word) {
    const uint32_t low = word & UINT32_C(0x7F7F7F7F);
    return word | (((low + UINT32_C(0x3F3F3F3F)) ^ (low + UINT32_C(0x25252525))) & ~word & UINT32_C(0x80808080)) >> 2;
}

static inline int may_hold(
    const vd_scan_grams *grams, const vd_scan_grams *pairs, const uint8_t *text, size_t readable) {
    uint32_t word = 0;
    if (readable >= 4) {
        word = (uint32_t)text[0] | (uint32_t)text[1] << 8 | (uint32_t)text[2] << 16 | (uint32_t)text[3] << 24;
    } else {
        for (size_t index = 0; index < readable; index++) word |= (uint32_t)text[index] << (8 * index);
    }
    word = folded(word);
    return (grams && has_bit(grams, word)) || (pairs && has_bit(pairs, word & 0xFFFF));
}

#if defined(__x86_64__)

typedef struct {
    __m256i lo[4], hi[4];
} tables;

__attribute__((target("avx2"))) static inline tables load(const vd_scan_masks *masks) {
    tables all;
    for (int place = 0; place < 4; place++) {
        all.lo[place] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)masks->lo[place]));
        all.hi[place] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)masks->hi[place]));
    }
    return all;
}

__attribute__((target("avx2"))) static inline __m256i look(__m256i bytes, __m256i low, __m256i high) {
    const __m256i nibble = _mm256_set1_epi8(15);
    return _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble)));
}

// 35 bytes can be read at `bytes`; not zero for each of the 32 at which a literal may begin.
__attribute__((target("avx2"))) static inline __m256i block(const tables *all, const uint8_t *bytes) {
    const __m256i one = look(_mm256_loadu_si256((const __m256i *)bytes), all->lo[0], all->hi[0]);
    const __m256i two = look(_mm256_loadu_si256((const __m256i *)(bytes + 1)), all->lo[1], all->hi[1]);
    const __m256i three = look(_mm256_loadu_si256((const __m256i *)(bytes + 2)), all->lo[2], all->hi[2]);
    const __m256i four = look(_mm256_loadu_si256((const __m256i *)(bytes + 3)), all->lo[3], all->hi[3]);
    return _mm256_and_si256(_mm256_and_si256(one, two), _mm256_and_si256(three, four));
}

__attribute__((target("avx2"))) static inline uint32_t bits(__m256i found) {
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
}

// The same, with the bytes that are not ASCII.
__attribute__((target("avx2"))) static inline __m256i doubtful(const tables *all, const uint8_t *bytes) {
    const __m256i wide = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)bytes), _mm256_set1_epi8((char)0x80));
    return _mm256_or_si256(block(all, bytes), wide);
}

__attribute__((target("avx2"))) static size_t first_avx2(
    const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable) {
    const tables all = load(masks);
    size_t index = 0;
    // What lies behind the value may give its last three places away for nothing; it can hide none.
    while (index + 32 <= length && index + 35 <= readable) {
        const __m256i found = doubtful(&all, bytes + index);
        if (!_mm256_testz_si256(found, found)) return index;
        index += 32;
    }
    while (index < length) {
        uint8_t rest[35];
        const uint8_t *start = block_start(bytes + index, readable - index, rest);
        const size_t count = length - index;
        const uint32_t wanted = count >= 32 ? UINT32_MAX : (UINT32_C(1) << count) - 1;
        if (bits(doubtful(&all, start)) & wanted) return index;
        index += 32;
    }
    return SIZE_MAX;
}

__attribute__((target("avx2"))) static uint32_t places_avx2(
    const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable) {
    const tables all = load(masks);
    uint8_t rest[35];
    const uint32_t wanted = length >= 32 ? UINT32_MAX : (UINT32_C(1) << length) - 1;
    return bits(block(&all, block_start(bytes, readable, rest))) & wanted;
}

__attribute__((target("avx2"))) static uint64_t wide_avx2(const uint8_t *text, size_t length) {
    uint64_t wide = 0;
    size_t index = 0;
    for (; index + 64 <= length; index += 64) {
        const __m256i both = _mm256_or_si256(
            _mm256_loadu_si256((const __m256i *)(text + index)), _mm256_loadu_si256((const __m256i *)(text + index + 32)));
        if (_mm256_movemask_epi8(both)) wide |= UINT64_C(1) << (index >> 6);
    }
    for (; index < length; index++) {
        if (text[index] & 0x80) wide |= UINT64_C(1) << (index >> 6);
    }
    return wide;
}

__attribute__((target("avx2"))) static size_t next_avx2(
    const vd_scan_masks *masks, const vd_scan_grams *grams, const vd_scan_grams *pairs, const uint8_t *text,
    size_t from, size_t length, size_t readable) {
    const tables all = load(masks);
    for (size_t index = from; index < length; index += 32) {
        uint8_t rest[35];
        uint32_t found = bits(block(&all, block_start(text + index, readable - index, rest)));
        if (length - index < 32) found &= (UINT32_C(1) << (length - index)) - 1;
        for (; found; found &= found - 1) {
            const size_t place = index + (size_t)__builtin_ctz(found);
            if (may_hold(grams, pairs, text + place, readable - place)) return place;
        }
    }
    return SIZE_MAX;
}

#elif defined(__aarch64__)

static inline uint8x16_t look(uint8x16_t bytes, const uint8_t *lo, const uint8_t *hi) {
    return vandq_u8(
        vqtbl1q_u8(vld1q_u8(lo), vandq_u8(bytes, vdupq_n_u8(15))), vqtbl1q_u8(vld1q_u8(hi), vshrq_n_u8(bytes, 4)));
}

// A bit for each of sixteen places; nineteen bytes can be read.
static inline uint32_t half(const vd_scan_masks *masks, const uint8_t *bytes) {
    uint8x16_t found = look(vld1q_u8(bytes), masks->lo[0], masks->hi[0]);
    found = vandq_u8(found, look(vld1q_u8(bytes + 1), masks->lo[1], masks->hi[1]));
    found = vandq_u8(found, look(vld1q_u8(bytes + 2), masks->lo[2], masks->hi[2]));
    found = vandq_u8(found, look(vld1q_u8(bytes + 3), masks->lo[3], masks->hi[3]));
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t set = vandq_u8(vtstq_u8(found, found), vld1q_u8(bits));
    return (uint32_t)vaddv_u8(vget_low_u8(set)) | (uint32_t)vaddv_u8(vget_high_u8(set)) << 8;
}

static uint32_t places_neon(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable) {
    uint8_t rest[35];
    const uint8_t *start = block_start(bytes, readable, rest);
    const uint32_t wanted = length >= 32 ? UINT32_MAX : (UINT32_C(1) << length) - 1;
    return (half(masks, start) | half(masks, start + 16) << 16) & wanted;
}

#endif

uint32_t vd_scan_places(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return places_avx2(masks, bytes, length, readable);
#elif defined(__aarch64__)
    return places_neon(masks, bytes, length, readable);
#endif
    return vd_scan_places_plain(masks, bytes, length, readable);
}

size_t vd_scan_first(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return first_avx2(masks, bytes, length, readable);
#endif
    for (size_t index = 0; index < length; index += 32) {
        const size_t count = length - index < 32 ? length - index : 32;
        for (size_t place = index; place < index + count; place++) {
            if (bytes[place] & 0x80) return index;
        }
        if (vd_scan_places(masks, bytes + index, count, readable - index)) return index;
    }
    return SIZE_MAX;
}

uint64_t vd_scan_wide(const uint8_t *text, size_t length) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return wide_avx2(text, length);
#endif
    uint64_t wide = 0;
    for (size_t index = 0; index < length; index++) {
        if (text[index] & 0x80) wide |= UINT64_C(1) << (index >> 6);
    }
    return wide;
}

size_t vd_scan_next(
    const vd_scan_masks *masks, const vd_scan_grams *grams, const vd_scan_grams *pairs, const uint8_t *text,
    size_t from, size_t length, size_t readable) {
#if defined(__x86_64__)
    if (masks && __builtin_cpu_supports("avx2")) return next_avx2(masks, grams, pairs, text, from, length, readable);
#endif
    for (size_t index = from; index < length; index += 32) {
        const size_t count = length - index < 32 ? length - index : 32;
        uint32_t found = count == 32 ? UINT32_MAX : (UINT32_C(1) << count) - 1;
        if (masks) found = vd_scan_places(masks, text + index, count, readable - index);
        for (; found; found &= found - 1) {
            const size_t place = index + (size_t)__builtin_ctz(found);
            if (may_hold(grams, pairs, text + place, readable - place)) return place;
        }
    }
    return SIZE_MAX;
}

// SPDX-License-Identifier: Apache-2.0
#include "cscan.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// A place behind the value's end counts as a byte of 0: literals shorter than three bytes have all bits set there.
static uint8_t buckets(const vd_scan_masks *masks, int place, uint8_t byte) {
    return masks->lo[place][byte & 15] & masks->hi[place][byte >> 4];
}

int vd_scan_may_hold_plain(const vd_scan_masks *masks, const uint8_t *bytes, size_t length) {
    for (size_t index = 0; index < length; index++) {
        if (bytes[index] & 0x80) return 1;
        uint8_t found = buckets(masks, 0, bytes[index]);
        found &= buckets(masks, 1, index + 1 < length ? bytes[index + 1] : 0);
        found &= buckets(masks, 2, index + 2 < length ? bytes[index + 2] : 0);
        if (found) return 1;
    }
    return 0;
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static inline __m256i look(__m256i bytes, const uint8_t *lo, const uint8_t *hi) {
    const __m256i nibble = _mm256_set1_epi8(15);
    const __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)lo));
    const __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)hi));
    return _mm256_and_si256(
        _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, nibble)),
        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble)));
}

// 34 bytes can be read at `bytes`; `count` of the 32 places belong to the value.
__attribute__((target("avx2"))) static inline int block(
    const vd_scan_masks *masks, const uint8_t *bytes, size_t count) {
    const __m256i first = _mm256_loadu_si256((const __m256i *)bytes);
    const uint32_t wanted = count >= 32 ? UINT32_MAX : (UINT32_C(1) << count) - 1;
    __m256i found = look(first, masks->lo[0], masks->hi[0]);
    found = _mm256_and_si256(
        found, look(_mm256_loadu_si256((const __m256i *)(bytes + 1)), masks->lo[1], masks->hi[1]));
    found = _mm256_and_si256(
        found, look(_mm256_loadu_si256((const __m256i *)(bytes + 2)), masks->lo[2], masks->hi[2]));
    const uint32_t empty = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(found, _mm256_setzero_si256()));
    const uint32_t wide = (uint32_t)_mm256_movemask_epi8(first);
    return ((~empty | wide) & wanted) != 0;
}

__attribute__((target("avx2"))) static int may_hold_avx2(
    const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable) {
    size_t index = 0;
    // What lies behind the value may give a place in its last two bytes away for nothing; it can hide none, except where
    // a short literal counts on a byte of 0 there, so the end is looked at alone.
    while (index + 34 <= length) {
        if (block(masks, bytes + index, 32)) return 1;
        index += 32;
    }
    uint8_t rest[68] = {0};
    const size_t count = length - index;
    if (readable - index >= 32) {
        memcpy(rest, bytes + index, 32);
        if (count > 32) {
            rest[32] = bytes[index + 32];
        } else {
            memset(rest + count, 0, 34 - count);
        }
    } else {
        memcpy(rest, bytes + index, count);
    }
    if (block(masks, rest, count)) return 1;
    return count > 32 ? block(masks, rest + 32, count - 32) : 0;
}

#elif defined(__aarch64__)

static inline uint8x16_t look(uint8x16_t bytes, const uint8_t *lo, const uint8_t *hi) {
    return vandq_u8(
        vqtbl1q_u8(vld1q_u8(lo), vandq_u8(bytes, vdupq_n_u8(15))), vqtbl1q_u8(vld1q_u8(hi), vshrq_n_u8(bytes, 4)));
}

static int may_hold_neon(const vd_scan_masks *masks, const uint8_t *bytes, size_t length) {
    size_t index = 0;
    while (index + 18 <= length) {
        const uint8x16_t first = vld1q_u8(bytes + index);
        uint8x16_t found = look(first, masks->lo[0], masks->hi[0]);
        found = vandq_u8(found, look(vld1q_u8(bytes + index + 1), masks->lo[1], masks->hi[1]));
        found = vandq_u8(found, look(vld1q_u8(bytes + index + 2), masks->lo[2], masks->hi[2]));
        if (vmaxvq_u8(vorrq_u8(found, vandq_u8(first, vdupq_n_u8(0x80))))) return 1;
        index += 16;
    }
    return vd_scan_may_hold_plain(masks, bytes + index, length - index);
}

#endif

int vd_scan_may_hold(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return may_hold_avx2(masks, bytes, length, readable);
#elif defined(__aarch64__)
    (void)readable;
    return may_hold_neon(masks, bytes, length);
#endif
    (void)readable;
    return vd_scan_may_hold_plain(masks, bytes, length);
}

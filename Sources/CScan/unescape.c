// SPDX-License-Identifier: Apache-2.0
#include "cscan.h"

#include <string.h>

// What stands for the byte behind a backslash; 0 for what is no escape of one byte.
static const uint8_t plain[256] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t',
};

// The value of four hexadecimal digits; -1 when they are none.
static int32_t hexadecimal(const uint8_t *bytes) {
    int32_t value = 0;
    for (int index = 0; index < 4; index++) {
        const uint8_t byte = bytes[index], lower = byte | 0x20;
        int32_t digit;
        if (byte >= '0' && byte <= '9') {
            digit = byte - '0';
        } else if (lower >= 'a' && lower <= 'f') {
            digit = lower - 'a' + 10;
        } else {
            return -1;
        }
        value = value << 4 | digit;
    }
    return value;
}

// Writes a code point below 0x10000 as UTF-8 and returns the end.
static uint8_t *put(int32_t point, uint8_t *out) {
    if (point < 0x80) {
        *out++ = (uint8_t)point;
    } else if (point < 0x800) {
        *out++ = (uint8_t)(0xC0 | point >> 6);
        *out++ = (uint8_t)(0x80 | (point & 0x3F));
    } else {
        *out++ = (uint8_t)(0xE0 | point >> 12);
        *out++ = (uint8_t)(0x80 | (point >> 6 & 0x3F));
        *out++ = (uint8_t)(0x80 | (point & 0x3F));
    }
    return out;
}

size_t vd_scan_unescape(const uint8_t *bytes, size_t length, uint8_t *out) {
    const uint8_t *const end = bytes + length;
    uint8_t *const start = out;
    while (bytes < end) {
#if defined(__x86_64__)
        const __m128i block = _mm_loadu_si128((const __m128i *)bytes);
        _mm_storeu_si128((__m128i *)out, block);
        const unsigned found = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8('\\')));
        size_t run = found ? (size_t)__builtin_ctz(found) : 16;
        if (run > (size_t)(end - bytes)) run = (size_t)(end - bytes);
#else
        const size_t run = vd_scan_backslash(bytes, (size_t)(end - bytes));
        memcpy(out, bytes, run);
#endif
        bytes += run;
        out += run;
        if (bytes == end) break;
        if (*bytes != '\\') continue;
        if (end - bytes < 2) return SIZE_MAX;
        const uint8_t byte = plain[bytes[1]];
        if (byte) {
            *out++ = byte;
            bytes += 2;
            continue;
        }
        if (bytes[1] != 'u' || end - bytes < 6) return SIZE_MAX;
        const int32_t point = hexadecimal(bytes + 2);
        if (point < 0 || (point >= 0xD800 && point < 0xE000)) return SIZE_MAX;
        out = put(point, out);
        bytes += 6;
    }
    return (size_t)(out - start);
}

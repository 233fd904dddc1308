// SPDX-License-Identifier: Apache-2.0
// A quick look whether any of a few literals may stand in a value; vector instructions, which Swift cannot spell well.
#ifndef VEDETTE_CSCAN_H
#define VEDETTE_CSCAN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Three bytes of each literal, spread over eight buckets: bit b of lo[i][n] says that some literal of bucket b has a
/// byte with the low four bits n at place i of its three, hi[i] says the same of the high four bits.
/// The scheme is that of Teddy (Hyperscan; Wang et al., NSDI 2019).
typedef struct {
    uint8_t lo[3][16];
    uint8_t hi[3][16];
} vd_scan_masks;

/// Where the first block of 32 bytes begins in which a literal may begin, or that is not plain ASCII; SIZE_MAX when none
/// of the literals stands in `bytes[0 ..< length]`. `readable` bytes, at least `length`, may be read from `bytes` on.
size_t vd_scan_first(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable);

/// For each of `length` bytes, at most 32, a bit that says whether a literal may begin there: bit 0 for the first. What
/// lies behind the value, up to `readable`, is looked at as if it belonged to it.
uint32_t vd_scan_places(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable);

/// The same, always without vector instructions of the machine; the reference in tests.
uint32_t vd_scan_places_plain(const vd_scan_masks *masks, const uint8_t *bytes, size_t length, size_t readable);

#ifdef __cplusplus
}
#endif
#endif

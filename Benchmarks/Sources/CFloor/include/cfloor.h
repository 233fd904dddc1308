// SPDX-License-Identifier: Apache-2.0
// The floor under reading JSON: simdjson alone parses each line and visits every key and value.
#ifndef VEDETTE_CFLOOR_H
#define VEDETTE_CFLOOR_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a pass saw; a sum over all values, so that no visit can be left out by the compiler.
typedef struct {
    uint64_t documents;
    uint64_t values;
    uint64_t sum;
} vd_floor_result;

/// Parses the lines of `bytes` with simdjson's DOM parser and visits every key and value.
/// `bytes[length ..< length + 64]` must be readable.
vd_floor_result vd_floor_dom(const uint8_t *bytes, size_t length);

/// The same with simdjson's On Demand parser.
vd_floor_result vd_floor_on_demand(const uint8_t *bytes, size_t length);

#ifdef __cplusplus
}
#endif
#endif

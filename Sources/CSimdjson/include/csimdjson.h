// SPDX-License-Identifier: Apache-2.0
// A C face for simdjson's DOM parser: one call parses one document, the caller then walks the tape itself.
#ifndef VEDETTE_CSIMDJSON_H
#define VEDETTE_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A reusable parser; it keeps its buffers between documents.
typedef struct vd_json_parser vd_json_parser;

/// What a parse left behind. Valid until the next parse with the same parser.
/// The layout of both arrays is simdjson's tape format (doc/tape.md of the simdjson project).
typedef struct {
    const uint64_t *tape;
    size_t tape_length;
    const uint8_t *strings;
    /// How many bytes of `strings` the document uses.
    size_t strings_length;
} vd_json_tape;

/// Outcome of a parse.
typedef enum {
    VD_JSON_OK = 0,
    VD_JSON_INVALID = 1,
    VD_JSON_INVALID_UTF8 = 2,
    VD_JSON_TOO_DEEP = 3,
    VD_JSON_NO_MEMORY = 4,
    VD_JSON_TOO_LARGE = 5,
} vd_json_status;

/// How many bytes must be readable (with any content) after the end of a document.
size_t vd_json_padding(void);

vd_json_parser *vd_json_parser_create(void);
void vd_json_parser_destroy(vd_json_parser *parser);

/// Parses `length` bytes. `bytes[length ..< length + vd_json_padding()]` must be readable.
vd_json_status vd_json_parse(vd_json_parser *parser, const uint8_t *bytes, size_t length, vd_json_tape *out);

/// Where a document's structure stands: the places of its brackets, colons, commas, opening quotes and other values' first
/// bytes, in their order. Valid until the next call with the same parser.
typedef struct {
    const uint32_t *places;
    size_t count;
} vd_json_index;

/// Only finds where the structure of `length` bytes stands, and whether they are UTF-8 with every text closed; the
/// grammar is not looked at. The same padding is needed as for `vd_json_parse`.
vd_json_status vd_json_find_structure(
    vd_json_parser *parser, const uint8_t *bytes, size_t length, vd_json_index *out);

/// What was wrong with the last document, in simdjson's words; a static string.
const char *vd_json_message(const vd_json_parser *parser);

#ifdef __cplusplus
}
#endif
#endif

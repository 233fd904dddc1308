// SPDX-License-Identifier: Apache-2.0
#include "csimdjson.h"

#include <cstring>
#include <new>
#include <simdjson.h>

struct vd_json_parser {
    simdjson::dom::parser parser;
    simdjson::error_code error = simdjson::SUCCESS;
};

size_t vd_json_padding(void) { return simdjson::SIMDJSON_PADDING; }

vd_json_parser *vd_json_parser_create(void) { return new (std::nothrow) vd_json_parser; }

void vd_json_parser_destroy(vd_json_parser *parser) { delete parser; }

static vd_json_status status(simdjson::error_code error) {
    switch (error) {
    case simdjson::SUCCESS:
        return VD_JSON_OK;
    case simdjson::UTF8_ERROR:
        return VD_JSON_INVALID_UTF8;
    case simdjson::DEPTH_ERROR:
        return VD_JSON_TOO_DEEP;
    case simdjson::MEMALLOC:
        return VD_JSON_NO_MEMORY;
    case simdjson::CAPACITY:
        return VD_JSON_TOO_LARGE;
    default:
        return VD_JSON_INVALID;
    }
}

vd_json_status vd_json_find_structure(
    vd_json_parser *parser, const uint8_t *bytes, size_t length, vd_json_index *out) {
    auto &dom = parser->parser;
    if (dom.capacity() < length || !dom.implementation) {
        // Twice what is needed now, so that records that grow bit by bit do not allocate each time.
        size_t wanted = length < 1024 ? 2048 : length * 2;
        if (wanted > dom.max_capacity()) wanted = dom.max_capacity();
        if (length > wanted) return VD_JSON_TOO_LARGE;
        parser->error = dom.allocate(wanted, dom.max_depth() ? dom.max_depth() : simdjson::DEFAULT_MAX_DEPTH);
        if (parser->error) return status(parser->error);
    }
    parser->error = dom.implementation->stage1(bytes, length, simdjson::stage1_mode::regular);
    if (parser->error) return status(parser->error);
    out->places = dom.implementation->structural_indexes.get();
    out->count = dom.implementation->n_structural_indexes;
    return VD_JSON_OK;
}

vd_json_status vd_json_parse(vd_json_parser *parser, const uint8_t *bytes, size_t length, vd_json_tape *out) {
    parser->error = parser->parser.parse(bytes, length, /* realloc_if_needed */ false).error();
    if (parser->error) return status(parser->error);
    const auto &document = parser->parser.doc;
    out->tape = document.tape.get();
    // The first word is the root: its payload is the index just past the last word (simdjson tape format).
    out->tape_length = static_cast<size_t>(document.tape[0] & 0x00FFFFFFFFFFFFFFULL);
    out->strings = document.string_buf.get();
    // Strings lie in the order of the tape, each as a 32-bit length, its bytes and a NUL: the last one ends the buffer.
    bool any = false;
    size_t last = 0;
    for (size_t index = 1; index + 1 < out->tape_length; index++) {
        const uint64_t word = out->tape[index];
        switch (word >> 56) {
        case '"':
            any = true;
            last = static_cast<size_t>(word & 0x00FFFFFFFFFFFFFFULL);
            break;
        case 'l':
        case 'u':
        case 'd':
            index++;
            break;
        default:
            break;
        }
    }
    out->strings_length = 0;
    if (any) {
        uint32_t length;
        std::memcpy(&length, out->strings + last, sizeof length);
        out->strings_length = last + sizeof length + length;
    }
    return VD_JSON_OK;
}

const char *vd_json_message(const vd_json_parser *parser) { return simdjson::error_message(parser->error); }

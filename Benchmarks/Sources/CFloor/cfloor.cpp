// SPDX-License-Identifier: Apache-2.0
#include "cfloor.h"

#include <cstring>
#include <simdjson.h>

namespace {

uint64_t touch(std::string_view text) {
    uint64_t sum = text.size();
    if (!text.empty()) sum += static_cast<uint8_t>(text[0]) + static_cast<uint8_t>(text[text.size() - 1]);
    return sum;
}

void visit(simdjson::dom::element element, vd_floor_result &result) {
    using simdjson::dom::element_type;
    result.values++;
    switch (element.type()) {
    case element_type::OBJECT:
        for (auto field : simdjson::dom::object(element)) {
            result.sum += touch(field.key);
            visit(field.value, result);
        }
        break;
    case element_type::ARRAY:
        for (auto child : simdjson::dom::array(element)) visit(child, result);
        break;
    case element_type::STRING:
        result.sum += touch(std::string_view(element));
        break;
    case element_type::INT64:
        result.sum += static_cast<uint64_t>(int64_t(element));
        break;
    case element_type::UINT64:
        result.sum += uint64_t(element);
        break;
    case element_type::DOUBLE:
        result.sum += static_cast<uint64_t>(double(element));
        break;
    default:
        result.sum += 1;
    }
}

void visit(simdjson::ondemand::value value, vd_floor_result &result) {
    using simdjson::ondemand::json_type;
    result.values++;
    switch (value.type()) {
    case json_type::object:
        for (auto field : value.get_object()) {
            result.sum += touch(std::string_view(field.unescaped_key()));
            visit(field.value(), result);
        }
        break;
    case json_type::array:
        for (auto child : value.get_array()) visit(child.value(), result);
        break;
    case json_type::string:
        result.sum += touch(std::string_view(value.get_string()));
        break;
    case json_type::number:
        result.sum += static_cast<uint64_t>(double(value.get_number().value()));
        break;
    case json_type::boolean:
        result.sum += bool(value.get_bool());
        break;
    default:
        result.sum += value.is_null();
    }
}

template <typename Body> void forEachLine(const uint8_t *bytes, size_t length, Body body) {
    size_t start = 0;
    while (start < length) {
        const void *found = std::memchr(bytes + start, '\n', length - start);
        const size_t end = found ? static_cast<const uint8_t *>(found) - bytes : length;
        if (end > start) body(bytes + start, end - start);
        start = end + 1;
    }
}

} // namespace

vd_floor_result vd_floor_dom(const uint8_t *bytes, size_t length) {
    vd_floor_result result = {0, 0, 0};
    simdjson::dom::parser parser;
    forEachLine(bytes, length, [&](const uint8_t *line, size_t count) {
        auto document = parser.parse(line, count, false);
        if (document.error()) return;
        result.documents++;
        visit(document.value_unsafe(), result);
    });
    return result;
}

vd_floor_result vd_floor_on_demand(const uint8_t *bytes, size_t length) {
    vd_floor_result result = {0, 0, 0};
    simdjson::ondemand::parser parser;
    forEachLine(bytes, length, [&](const uint8_t *line, size_t count) {
        try {
            simdjson::ondemand::document document = parser.iterate(line, count, count + simdjson::SIMDJSON_PADDING);
            result.documents++;
            visit(document.get_value().value(), result);
        } catch (const simdjson::simdjson_error &) {
        }
    });
    return result;
}

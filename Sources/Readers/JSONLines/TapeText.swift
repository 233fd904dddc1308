// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// What Docker and Kubernetes derive fields with: values of the document copied under names of ours.
extension JSONTape {
    /// Adds the value at `index` under a field; nothing for objects, arrays and null.
    func append(_ field: FieldID, _ index: Int?, into batch: inout EventBatch) {
        guard let index else { return }
        let (range, kind) = JSONFlattener.value(self, index, into: &batch)
        guard kind != .container, kind != .null else { return }
        batch.append(field, range, kind: kind)
    }

    /// Adds a text that is not empty.
    func appendText(_ field: FieldID, _ index: Int?, into batch: inout EventBatch) {
        guard let index, tag(index) == Tag.string else { return }
        let range = string(index, in: batch.bytes)
        if !range.isEmpty { batch.append(field, range) }
    }

    /// Adds each text of an array, or the text itself.
    func appendEach(_ field: FieldID, _ index: Int?, into batch: inout EventBatch) {
        appendText(field, index, into: &batch)
        for element in elements(of: index) { appendText(field, element.value, into: &batch) }
    }

    /// Adds the texts of an array joined by one space.
    func appendJoined(_ field: FieldID, _ index: Int?, into batch: inout EventBatch) {
        appendText(field, index, into: &batch)
        let start = batch.bytes.count
        for element in elements(of: index) where tag(element.value) == Tag.string {
            if batch.bytes.count > start { batch.bytes.append(UInt8(ascii: " ")) }
            batch.appendCopy(string(element.value, in: batch.bytes))
        }
        if batch.bytes.count > start { batch.append(field, start..<batch.bytes.count) }
    }

    /// Adds the members of an object as `key=value` texts.
    func appendPairs(_ field: FieldID, _ index: Int?, into batch: inout EventBatch, except: [StaticString] = []) {
        for member in members(of: index) {
            let key = string(member.key, in: batch.bytes)
            if batch.holds(key, oneOf: except) { continue }
            let start = batch.bytes.count
            batch.appendCopy(key)
            batch.bytes.append(UInt8(ascii: "="))
            if tag(member.value) == Tag.string {
                batch.appendCopy(string(member.value, in: batch.bytes))
            }
            batch.append(field, start..<batch.bytes.count)
        }
    }

    /// Adds capabilities as the kernel's headers name them, without `CAP_` and in capitals.
    func appendCapabilities(_ field: FieldID, _ index: Int?, into batch: inout EventBatch) {
        for element in elements(of: index) where tag(element.value) == Tag.string {
            var range = string(element.value, in: batch.bytes)
            if batch.starts(range, with: "CAP_") || batch.starts(range, with: "cap_") {
                range = range.lowerBound + 4..<range.upperBound
            }
            let start = batch.bytes.count
            for at in range {
                let byte = batch.bytes[at]
                batch.bytes.append(byte &- UInt8(ascii: "a") < 26 ? byte & 0xDF : byte)
            }
            batch.append(field, start..<batch.bytes.count)
        }
    }
}

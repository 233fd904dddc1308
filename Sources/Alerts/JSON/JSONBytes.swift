// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Writes JSON objects straight into bytes, without a tree of values between.
extension Array where Element == UInt8 {
    /// Appends an object with the members `body` adds.
    mutating func addObject(_ body: (inout [UInt8]) -> Void) {
        append(UInt8(ascii: "{"))
        body(&self)
        append(UInt8(ascii: "}"))
    }

    /// A member with what `body` appends.
    mutating func add(_ key: String, _ body: (inout [UInt8]) -> Void) {
        // No value ends in an opening brace, so only the first member follows one.
        if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
        JSONValue.append(key, to: &self)
        append(UInt8(ascii: ":"))
        body(&self)
    }

    /// A text, or null.
    mutating func add(_ key: String, _ text: String?) {
        add(key) { bytes in
            if let text { JSONValue.append(text, to: &bytes) } else { bytes.append(contentsOf: "null".utf8) }
        }
    }

    /// A whole number.
    mutating func add(_ key: String, _ number: Int64) { add(key) { appendDecimal(number, to: &$0) } }

    /// A list of texts.
    mutating func add(_ key: String, _ texts: [String]) { add(key, texts) { JSONValue.append($0, to: &$1) } }

    mutating func add<Value>(_ key: String, _ list: [Value], _ body: (Value, inout [UInt8]) -> Void) {
        add(key) { bytes in
            bytes.append(UInt8(ascii: "["))
            for (index, element) in list.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                body(element, &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Resolution of plain scalars by the core schema (YAML 1.2.2, section 10.3.2). `yes`, `on`, `0777` as octal and dates
/// belong to YAML 1.1 and stay strings (or decimal numbers) here.
extension YAMLScalar {
    /// The value the text stands for.
    ///
    /// Infinity and "not a number" resolve to `.float`, for the caller to refuse. Whole numbers that do not fit 64 bits
    /// stay text, which compares equal to the same digits in an event.
    package var resolved: Value {
        if isString { return .string(text) }
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "~"):
            return ["null", "Null", "NULL", "~"].contains(text) ? .null : .string(text)
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return ["true", "True", "TRUE"].contains(text) ? .boolean(true) : .string(text)
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return ["false", "False", "FALSE"].contains(text) ? .boolean(false) : .string(text)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return number ?? .string(text)
        default:
            return .string(text)
        }
    }

    /// Whether the scalar is `null`, `~` or nothing.
    package var isNull: Bool { resolved == .null }

    /// The number the text stands for; nil when it is none.
    private var number: Value? {
        if text.hasPrefix("0x") { return radix(16, "0123456789abcdefABCDEF") }
        if text.hasPrefix("0o") { return radix(8, "01234567") }
        var body = Substring(text)
        if body.first == "+" || body.first == "-" { body.removeFirst() }
        if [".inf", ".Inf", ".INF"].contains(body) {
            return .float(text.hasPrefix("-") ? -.infinity : .infinity)
        }
        if [".nan", ".NaN", ".NAN"].contains(text) { return .float(.nan) }
        guard let shape = shape(of: body.utf8) else { return nil }
        if shape == .integer { return Int64(text).map { .integer($0) } ?? .string(text) }
        return Double(text).flatMap { $0.isFinite ? .float($0) : .string(text) }
    }

    private func radix(_ radix: Int, _ digits: String) -> Value? {
        let body = text.dropFirst(2)
        guard !body.isEmpty, body.allSatisfy({ digits.contains($0) }) else { return nil }
        return Int64(body, radix: radix).map { .integer($0) } ?? .string(text)
    }

    private enum Shape { case integer, float }

    /// `[0-9]+`, or `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
    private func shape(of bytes: Substring.UTF8View) -> Shape? {
        var rest = bytes[...]
        func digits() -> Int {
            let count = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
            rest = rest.dropFirst(count)
            return count
        }
        let whole = digits()
        var fraction = 0
        var shape = Shape.integer
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            shape = .float
            fraction = digits()
        }
        guard whole + fraction > 0 else { return nil }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            shape = .float
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard digits() > 0 else { return nil }
        }
        return rest.isEmpty ? shape : nil
    }
}

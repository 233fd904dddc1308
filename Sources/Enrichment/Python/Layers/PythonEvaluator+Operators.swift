// SPDX-License-Identifier: Apache-2.0

extension PythonEvaluator {
    /// `left + right`.
    mutating func add(_ left: PythonValue, _ right: PythonValue) -> PythonValue {
        switch (left.kind, right.kind) {
        case (.integer(let a), .integer(let b)):
            let (sum, overflowed) = a.addingReportingOverflow(b)
            return overflowed ? .unknown : PythonValue(kind: .integer(sum))
        case (.text(let a), .text(let b)):
            guard a.count + b.count <= valueLimit, pay((a.count + b.count) / 16 + 1) else { return .unknown }
            return .folded(.text(a + b), from: left, right)
        case (.bytes(let a), .bytes(let b)):
            guard a.count + b.count <= valueLimit, pay((a.count + b.count) / 16 + 1) else { return .unknown }
            return .folded(.bytes(a + b), from: left, right)
        case (.list(let a), .list(let b)):
            guard a.count + b.count <= Self.longest, pay(a.count + b.count) else { return .unknown }
            return PythonValue(kind: .list(a + b), codecs: max(left.codecs, right.codecs))
        default: return .unknown
        }
    }

    /// `left * right`; never more bytes than the limit, whatever the number.
    mutating func multiply(_ left: PythonValue, _ right: PythonValue) -> PythonValue {
        if let a = left.integer, let b = right.integer {
            let (product, overflowed) = a.multipliedReportingOverflow(by: b)
            return overflowed ? .unknown : PythonValue(kind: .integer(product))
        }
        guard let count = right.integer ?? left.integer else { return .unknown }
        let value = right.integer == nil ? right : left
        guard let content = value.content else { return .unknown }
        let times = max(0, count)
        let (size, overflowed) = content.count.multipliedReportingOverflow(by: times)
        guard !overflowed, size <= valueLimit, pay(size / 16 + 1) else { return .unknown }
        let repeated = Array(repeatElement(content, count: content.isEmpty ? 0 : times).joined())
        return .folded(value.isText ? .text(repeated) : .bytes(repeated), from: value)
    }

    /// `left % right`: remainder, or text formatted with `%s`, `%c`, `%d`.
    mutating func modulo(_ left: PythonValue, _ right: PythonValue) -> PythonValue {
        if let a = left.integer, let b = right.integer {
            guard b != 0, b != -1 else { return .unknown }
            let rest = a % b
            return PythonValue(kind: .integer(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest))
        }
        guard case .text(let format) = left.kind else { return .unknown }
        var values: [PythonValue] = [right]
        if case .list(let elements) = right.kind { values = elements }
        var output: [UInt8] = []
        var next = 0
        var codecs = left.codecs
        var index = 0
        while index < format.count {
            guard pay(1), output.count <= valueLimit else { return .unknown }
            let byte = format[index]
            index += 1
            guard byte == UInt8(ascii: "%") else {
                output.append(byte)
                continue
            }
            guard index < format.count else { return .unknown }
            let letter = format[index]
            index += 1
            if letter == UInt8(ascii: "%") {
                output.append(letter)
                continue
            }
            guard "scdi".utf8.contains(letter), next < values.count,
                let text = formatted(values[next], asCharacter: letter == UInt8(ascii: "c"))
            else { return .unknown }
            output.append(contentsOf: text)
            codecs = max(codecs, values[next].codecs)
            next += 1
        }
        guard next == values.count, output.count <= valueLimit else { return .unknown }
        return PythonValue(kind: .text(output), codecs: codecs, isFolded: true)
    }

    /// What `str()` makes of a value.
    func formatted(_ value: PythonValue, asCharacter: Bool = false) -> [UInt8]? {
        switch value.kind {
        case .text(let content): return content
        case .integer(let integer):
            guard asCharacter else { return Array(String(integer).utf8) }
            return UInt32(exactly: integer).flatMap(Unicode.Scalar.init).map { Array(String($0).utf8) }
        default: return nil
        }
    }

    /// The operators on whole numbers that decoders use.
    func arithmetic(_ left: PythonValue, _ operation: UInt8, _ right: PythonValue) -> PythonValue {
        guard let a = left.integer, let b = right.integer else { return .unknown }
        let result: Int?
        switch operation {
        case UInt8(ascii: "^"): result = a ^ b
        case UInt8(ascii: "&"): result = a & b
        case UInt8(ascii: "|"): result = a | b
        case UInt8(ascii: "-"):
            let (difference, overflowed) = a.subtractingReportingOverflow(b)
            result = overflowed ? nil : difference
        case UInt8(ascii: "<") | PythonToken.doubled:
            result = (0..<32).contains(b) && a.magnitude < 1 << 31 ? a << b : nil
        case UInt8(ascii: ">") | PythonToken.doubled: result = b >= 0 ? a >> min(b, 63) : nil
        case UInt8(ascii: "/") | PythonToken.doubled: result = b > 0 && a >= 0 ? a / b : nil
        case UInt8(ascii: "*") | PythonToken.doubled: result = power(a, b)
        default: result = nil
        }
        return result.map { PythonValue(kind: .integer($0)) } ?? .unknown
    }

    private func power(_ base: Int, _ exponent: Int) -> Int? {
        guard (0...64).contains(exponent) else { return nil }
        var result = 1
        for _ in 0..<exponent {
            let (product, overflowed) = result.multipliedReportingOverflow(by: base)
            if overflowed { return nil }
            result = product
        }
        return result
    }
}

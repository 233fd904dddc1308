// SPDX-License-Identifier: Apache-2.0

extension PythonEvaluator {
    /// Reads an expression, conditional expressions and lambdas included, and moves past it.
    mutating func expression() -> PythonValue {
        let start = position
        if let token = token(at: position), source.isName(token, "lambda") { return lambda() }
        let value = binary(0)
        guard let token = token(at: position), source.isName(token, "if"), position > start, depth < Self.deepest else {
            return value
        }
        position += 1
        giveUp(value)
        giveUp(binary(0))
        guard let next = self.token(at: position), source.isName(next, "else") else { return .unknown }
        position += 1
        depth += 1
        giveUp(expression())
        depth -= 1
        return .unknown
    }

    /// Binding strength of the operators that are computed (The Python Language Reference, 6.17); others bind weakest
    /// and give nothing known.
    private func strength(_ token: PythonToken) -> Int? {
        guard token.kind == .operation else {
            guard token.kind == .name else { return nil }
            return source.isName(token, "and") || source.isName(token, "or") || source.isName(token, "is") ? 1 : nil
        }
        switch token.detail {
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "=") | PythonToken.doubled, PythonToken.other: return 1
        case UInt8(ascii: "|"): return 2
        case UInt8(ascii: "^"): return 3
        case UInt8(ascii: "&"): return 4
        case UInt8(ascii: "<") | PythonToken.doubled, UInt8(ascii: ">") | PythonToken.doubled: return 5
        case UInt8(ascii: "+"), UInt8(ascii: "-"): return 6
        case UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "@"),
            UInt8(ascii: "/") | PythonToken.doubled:
            return 7
        case UInt8(ascii: "*") | PythonToken.doubled: return 8
        default: return nil
        }
    }

    /// Precedence climbing: loops over operators of one strength, so long sums cost no depth.
    mutating func binary(_ weakest: Int) -> PythonValue {
        guard depth < Self.deepest else {
            stepOver()
            return .unknown
        }
        depth += 1
        defer { depth -= 1 }
        var left = unary()
        while let token = token(at: position), let strength = strength(token), strength > weakest, pay(1) {
            position += 1
            let right = binary(strength)
            left = combine(left, token, right)
        }
        return left
    }

    private mutating func combine(_ left: PythonValue, _ token: PythonToken, _ right: PythonValue) -> PythonValue {
        let start = left.range.isEmpty ? right.range.lowerBound : left.range.lowerBound
        var result: PythonValue
        switch token.kind == .name ? 0 : token.detail {
        case UInt8(ascii: "+"): result = add(left, right)
        case UInt8(ascii: "*"): result = multiply(left, right)
        case UInt8(ascii: "%"): result = modulo(left, right)
        default:
            result = arithmetic(left, token.detail, right)
        }
        result.range = start..<max(start, right.range.upperBound)
        if result.isUnknown {
            giveUp(left)
            giveUp(right)
        }
        return result
    }

    private mutating func unary() -> PythonValue {
        var isNegative = false
        var isInverted = false
        while let token = token(at: position), token.kind == .operation || token.kind == .name, pay(1) {
            if token.kind == .name {
                guard source.isName(token, "not") || source.isName(token, "await") else { break }
            } else if token.detail == UInt8(ascii: "-") {
                isNegative.toggle()
            } else if token.detail == UInt8(ascii: "~") {
                isInverted.toggle()
            } else if token.detail & 0x7F != UInt8(ascii: "*"), token.detail != UInt8(ascii: "+") {
                break
            }
            position += 1
        }
        var value = postfix()
        if let integer = value.integer {
            if isNegative { value.kind = .integer(0 &- integer) }
            if isInverted { value.kind = .integer(~integer) }
        }
        return value
    }

    /// A primary with its attributes, calls and subscripts.
    private mutating func postfix() -> PythonValue {
        let start = token(at: position).map { Int($0.start) } ?? 0
        var value = primary()
        while let token = token(at: position), token.kind == .operation, pay(1) {
            switch token.detail {
            case UInt8(ascii: "."):
                guard let name = self.token(at: position + 1), name.kind == .name else {
                    position += 1
                    return value
                }
                position += 2
                value = attribute(value, source.string(name))
            case UInt8(ascii: "("):
                let (arguments, isKnown) = callArguments()
                value = isKnown ? call(value, arguments) : unknownCall(value, arguments)
            case UInt8(ascii: "["): value = subscripted(value)
            default: return value
            }
            let end = position > 0 ? Int(source.tokens[position - 1].end) : start
            value.range = start..<max(start, end)
        }
        return value
    }

    /// An attribute of a value; names stay names.
    func attribute(_ value: PythonValue, _ name: String) -> PythonValue {
        switch value.kind {
        case .reference(let base):
            guard base.utf8.count + name.utf8.count < 256 else { return .unknown }
            return PythonValue(kind: .reference(base + "." + name))
        case .text, .bytes, .list, .integer: return PythonValue(kind: .method(value, name))
        default: return .unknown
        }
    }

    private mutating func primary() -> PythonValue {
        guard let token = token(at: position), pay(1) else { return .unknown }
        let range = Int(token.start)..<Int(token.end)
        switch token.kind {
        case .string: return strings()
        case .number:
            position += 1
            guard let value = PythonLiteral.integer(source.string(token)) else { return .unknown }
            return PythonValue(kind: .integer(value), range: range)
        case .name:
            position += 1
            let name = source.string(token)
            if var value = variables[name] {
                value.range = range
                return value
            }
            return PythonValue(kind: .reference(aliases[name] ?? name), range: range)
        case .operation:
            switch token.detail {
            case UInt8(ascii: "("), UInt8(ascii: "["): return bracketed(token)
            case UInt8(ascii: "{"):
                // Pairs and sets are not computed with, but what stands in them is.
                let elements = elementsUntilClose().elements
                for element in elements { giveUp(element) }
                return .unknown
            default: return .unknown
            }
        case .newline: return .unknown
        }
    }

    /// One literal or several side by side.
    private mutating func strings() -> PythonValue {
        let first = position
        var content: [UInt8] = []
        var isBytes = false
        var isFormat = false
        var escapes = 0
        while let token = token(at: position), token.kind == .string, pay(Int(token.end - token.start)) {
            let literal = PythonLiteral.decode(token, in: source)
            if content.isEmpty { content = literal.bytes } else { content.append(contentsOf: literal.bytes) }
            isBytes = literal.isBytes
            isFormat = isFormat || literal.isFormat
            escapes += literal.escapes
            position += 1
        }
        guard position > first else {
            position += 1
            return .unknown
        }
        // An f-string holds expressions; its text is not its value.
        if isFormat { return .unknown }
        let range = Int(source.tokens[first].start)..<Int(source.tokens[position - 1].end)
        // A few numeric escapes are colours and control characters; many hide the text.
        return PythonValue(
            kind: isBytes ? .bytes(content) : .text(content), isFolded: position - first > 1 || escapes >= 3,
            range: range)
    }

    private mutating func lambda() -> PythonValue {
        position += 1
        var parameters: [String] = []
        while let token = token(at: position), !isOperation(position, UInt8(ascii: ":")), token.kind != .newline, pay(1)
        {
            if token.kind == .name, parameters.count < 16 { parameters.append(source.string(token)) }
            position += 1
        }
        position += 1
        let function = PythonFunction(source: source, parameters: parameters, body: position)
        // Read once with its parameters unknown, to get past it.
        let shadowed = parameters.map { ($0, variables[$0], aliases[$0]) }
        for name in parameters { variables[name] = nil }
        depth += 1
        if depth < Self.deepest { giveUp(expression()) } else { stepOver() }
        depth -= 1
        for (name, variable, alias) in shadowed {
            variables[name] = variable
            aliases[name] = alias
        }
        return PythonValue(kind: .function(function))
    }

    /// Moves past one token, or past all of a bracket: nesting too deep to follow costs no stack.
    mutating func stepOver() {
        guard let token = token(at: position) else { return }
        position = token.partner > 0 && token.kind == .operation ? Int(token.partner) + 1 : position + 1
    }
}

// SPDX-License-Identifier: Apache-2.0

extension PythonEvaluator {
    /// Reads an import, an assignment or a one-line function at the start of a statement; false when there is none.
    mutating func readStatement() -> Bool {
        let token = source.tokens[position]
        guard token.kind == .name else { return false }
        if source.isName(token, "import") { return readImport() }
        if source.isName(token, "from") { return readFromImport() }
        if source.isName(token, "def") { return readFunction() }
        return readAssignment()
    }

    /// The token at an index, if there is one.
    func token(at index: Int) -> PythonToken? { index < source.tokens.count ? source.tokens[index] : nil }

    /// Whether the token at an index is an operator with this detail.
    func isOperation(_ index: Int, _ detail: UInt8) -> Bool {
        guard let token = token(at: index) else { return false }
        return token.kind == .operation && token.detail == detail
    }

    /// A name with its dots, `a.b.c`, from an index on; moves past it.
    private func dotted(_ index: inout Int) -> String? {
        guard let first = token(at: index), first.kind == .name else { return nil }
        var name = source.string(first)
        index += 1
        while isOperation(index, UInt8(ascii: ".")), let next = token(at: index + 1), next.kind == .name,
            name.utf8.count < 256
        {
            name += "." + source.string(next)
            index += 2
        }
        return name
    }

    /// `import a.b as c, d`.
    private mutating func readImport() -> Bool {
        var index = position + 1
        while let module = dotted(&index) {
            if let token = token(at: index), source.isName(token, "as"), let name = self.token(at: index + 1) {
                alias(source.string(name), module)
                index += 2
            }
            guard isOperation(index, UInt8(ascii: ",")) else { break }
            index += 1
        }
        position = max(index, position + 1)
        return true
    }

    /// `from a import b as c, d`.
    private mutating func readFromImport() -> Bool {
        var index = position + 1
        guard let module = dotted(&index), let word = token(at: index), source.isName(word, "import") else {
            position += 1
            return true
        }
        index += isOperation(index + 1, UInt8(ascii: "(")) ? 2 : 1
        while let name = token(at: index), name.kind == .name {
            let own = source.string(name)
            index += 1
            if let token = token(at: index), source.isName(token, "as"), let name = self.token(at: index + 1) {
                alias(source.string(name), module + "." + own)
                index += 2
            } else {
                alias(own, module + "." + own)
            }
            guard isOperation(index, UInt8(ascii: ",")) else { break }
            index += 1
        }
        position = max(index, position + 1)
        return true
    }

    private mutating func alias(_ name: String, _ target: String) {
        guard aliases.count < 4096 else { return }
        aliases[name] = target
        variables[name] = nil
    }

    /// `def f(a, b): return EXPRESSION`, the body on the same line or alone on the next.
    private mutating func readFunction() -> Bool {
        let start = position
        guard let name = token(at: start + 1), name.kind == .name, isOperation(start + 2, UInt8(ascii: "(")) else {
            return false
        }
        let close = Int(source.tokens[start + 2].partner)
        guard close > 0 else { return false }
        var parameters: [String] = []
        for index in (start + 3)..<close where source.tokens[index].kind == .name && parameters.count < 16 {
            // A name right behind a comma or the bracket is a parameter; anything else belongs to a default.
            if index == start + 3 || isOperation(index - 1, UInt8(ascii: ",")) {
                parameters.append(source.string(source.tokens[index]))
            }
        }
        position = close + 1
        guard isOperation(position, UInt8(ascii: ":")) else { return true }
        position += 1
        while let token = token(at: position), token.kind == .newline { position += 1 }
        guard let word = token(at: position), source.isName(word, "return") else { return true }
        position += 1
        assign(
            source.string(name),
            PythonValue(kind: .function(PythonFunction(source: source, parameters: parameters, body: position))))
        return true
    }

    /// `a = b = EXPRESSION`, `a += EXPRESSION`.
    private mutating func readAssignment() -> Bool {
        guard let sign = token(at: position + 1), sign.kind == .operation else { return false }
        if sign.detail == PythonToken.addAssign {
            let name = source.string(source.tokens[position])
            position += 2
            let right = expression()
            assign(name, add(variables[name] ?? .unknown, right))
            return true
        }
        guard sign.detail == UInt8(ascii: "=") else { return false }
        var names: [String] = []
        while let name = token(at: position), name.kind == .name, isOperation(position + 1, UInt8(ascii: "=")),
            names.count < 8
        {
            names.append(source.string(name))
            position += 2
        }
        let value = expression()
        if value.content == nil { giveUp(value) }
        for name in names { assign(name, value) }
        return true
    }
}

// SPDX-License-Identifier: Apache-2.0

extension PythonEvaluator {
    /// The arguments in the brackets at the current position; `isKnown` when each of them is.
    mutating func callArguments() -> (arguments: [PythonValue], isKnown: Bool) {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else {
            stepOver()
            return ([], false)
        }
        let elements = elementsUntilClose().elements
        return (elements, !elements.contains(where: \.isUnknown))
    }

    /// A call whose result is not known: what went into it is given up, and text that `exec` and its like are given
    /// is code of its own.
    mutating func unknownCall(_ callee: PythonValue, _ arguments: [PythonValue]) -> PythonValue {
        giveUp(callee)
        if let name = callee.reference, Self.runsCode(name), let first = arguments.first, !first.isFolded,
            let content = first.content, content.count >= 8, nested.count < 64
        {
            nested.append(content)
        }
        for argument in arguments { giveUp(argument) }
        return .unknown
    }

    private static func runsCode(_ name: String) -> Bool {
        let last = name.split(separator: ".").last ?? ""
        return ["exec", "eval", "compile", "execfile", "runsource", "runcode", "push"].contains(last)
    }

    /// Calls what is known of.
    mutating func call(_ callee: PythonValue, _ arguments: [PythonValue]) -> PythonValue {
        guard pay(1) else { return .unknown }
        switch callee.kind {
        case .reference(let name):
            if let result = callNamed(name, arguments) {
                if result.reference != nil { for argument in arguments { giveUp(argument) } }
                return result
            }
        case .method(let receiver, let name):
            if let result = callMethod(receiver, name, arguments) { return result }
        case .function(let function):
            let result = apply(function, arguments)
            if !result.isUnknown { return result }
        default: break
        }
        return unknownCall(callee, arguments)
    }

    /// Evaluates a function's body with its parameters bound.
    mutating func apply(_ function: PythonFunction, _ arguments: [PythonValue]) -> PythonValue {
        guard calls < 6, depth < Self.deepest, pay(2) else { return .unknown }
        let saved = (source, position, depth, function.parameters.map { ($0, variables[$0]) })
        for (name, value) in zip(function.parameters, arguments) { variables[name] = value }
        source = function.source
        position = function.body
        calls += 1
        depth += 1
        var result = expression()
        calls -= 1
        (source, position, depth) = (saved.0, saved.1, saved.2)
        for (name, value) in saved.3 { variables[name] = value }
        if result.content != nil { result.isFolded = true }
        return result
    }

    /// The functions known by name; nil when this one is not, or not with such arguments.
    private mutating func callNamed(_ name: String, _ arguments: [PythonValue]) -> PythonValue? {
        var name = name[...]
        for prefix in ["builtins.", "__builtins__.", "__builtin__."] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.utf8.count)
        }
        guard let first = arguments.first else { return nil }
        let second = arguments.count > 1 ? arguments[1] : nil
        switch name {
        case "__import__", "importlib.import_module", "importlib.__import__":
            guard case .text(let module) = first.kind, module.count < 128 else { return nil }
            return PythonValue(kind: .reference(String(decoding: module, as: UTF8.self)))
        case "getattr":
            guard let second, case .text(let attribute) = second.kind, attribute.count < 128 else { return nil }
            giveUp(second)
            let value = self.attribute(first, String(decoding: attribute, as: UTF8.self))
            return value.isUnknown ? nil : value
        case "chr", "unichr":
            guard let code = first.integer.flatMap({ UInt32(exactly: $0) }), code <= 0x10FFFF else { return nil }
            var text: [UInt8] = []
            PythonLiteral.append(code, isBytes: false, to: &text)
            return .folded(.text(text), from: first)
        case "ord":
            guard let content = first.content, content.count <= 4 else { return nil }
            if case .bytes = first.kind { return content.first.map { PythonValue(kind: .integer(Int($0))) } }
            let scalar = String(decoding: content, as: UTF8.self).unicodeScalars.first
            return scalar.map { PythonValue(kind: .integer(Int($0.value))) }
        case "int": return integer(first, radix: second?.integer ?? 10)
        case "str":
            if let content = first.content {
                return first.isText || second != nil ? PythonValue.folded(.text(content), from: first) : nil
            }
            return formatted(first).map { .folded(.text($0), from: first) }
        case "bytes", "bytearray": return bytes(first)
        case "bytes.fromhex", "bytearray.fromhex": return decoded(first) { Codecs.hex($0) }
        case "len":
            if case .text(let text) = first.kind {
                return PythonValue(kind: .integer(String(decoding: text, as: UTF8.self).unicodeScalars.count))
            }
            if let content = first.content { return PythonValue(kind: .integer(content.count)) }
            if case .list(let list) = first.kind { return PythonValue(kind: .integer(list.count)) }
            return nil
        case "list", "tuple", "iter": return elements(of: first).map { list($0, from: first) }
        case "reversed": return elements(of: first).map { list($0.reversed(), from: first) }
        case "range", "xrange": return range(arguments)
        case "enumerate":
            return elements(of: first).map { items in
                list(items.enumerated().map { pair(PythonValue(kind: .integer($0)), $1) }, from: first)
            }
        case "zip":
            guard let second, let a = elements(of: first), let b = elements(of: second) else { return nil }
            return list(zip(a, b).map { pair($0, $1) }, from: first)
        case "map": return map(first, second)
        default: return callDecoder(String(name), first, second)
        }
    }

    /// The decoders of the standard library.
    private mutating func callDecoder(_ name: String, _ first: PythonValue, _ second: PythonValue?) -> PythonValue? {
        let limit = valueLimit
        switch name {
        case "base64.b64decode", "base64.standard_b64decode", "base64.urlsafe_b64decode", "base64.decodebytes",
            "base64.decodestring", "binascii.a2b_base64":
            return decoded(first) { Codecs.base64($0) }
        case "base64.b32decode": return decoded(first) { Codecs.base32($0) }
        case "base64.b16decode", "binascii.unhexlify", "binascii.a2b_hex": return decoded(first) { Codecs.hex($0) }
        case "base64.b85decode": return decoded(first) { Codecs.base85($0) }
        case "base64.a85decode": return decoded(first) { Codecs.ascii85($0) }
        case "zlib.decompress":
            let isRaw = (second?.integer ?? 15) < 0
            return decoded(first) { Inflate.decompress($0, limit: limit, isRaw: isRaw) }
        case "gzip.decompress": return decoded(first) { Inflate.decompress($0, limit: limit) }
        case "marshal.loads":
            // A code object has no source; its strings and names are what can be matched.
            return decoded(first) { Codecs.strings($0) }
        case "codecs.decode", "codecs.encode":
            guard let second, case .text(let codec) = second.kind else { return nil }
            let codecName = String(decoding: codec, as: UTF8.self)
            // Encoding hides rather than shows, except for rot13, which is its own inverse.
            guard name == "codecs.decode" || codecName.lowercased().hasPrefix("rot") else { return nil }
            if Self.isCharacterSet(codecName) { return first.content.map { .folded(.text($0), from: first) } }
            return decoded(first, isText: first.isText) { Codecs.decode($0, named: codecName, limit: limit) }
        default: return nil
        }
    }

    /// Whether a codec's name is that of an encoding of text, which leaves ASCII as it is.
    static func isCharacterSet(_ name: String) -> Bool {
        let plain = name.lowercased().filter { $0 != "-" && $0 != "_" }
        return ["utf8", "ascii", "latin1", "usascii", "iso88591", "cp1252", "utf8sig"].contains(plain)
    }

    /// A value after one more decoding.
    mutating func decoded(_ value: PythonValue, isText: Bool = false, _ decode: ([UInt8]) -> [UInt8]?) -> PythonValue? {
        guard let content = value.content, pay(content.count / 4 + 1), let output = decode(content),
            output.count <= valueLimit, pay(output.count / 4 + 1)
        else { return nil }
        return .folded(isText ? .text(output) : .bytes(output), from: value, codec: true)
    }

    func list(_ elements: [PythonValue], from value: PythonValue) -> PythonValue {
        PythonValue(kind: .list(elements), codecs: value.codecs)
    }

    private func pair(_ a: PythonValue, _ b: PythonValue) -> PythonValue { PythonValue(kind: .list([a, b])) }

    private func integer(_ value: PythonValue, radix: Int) -> PythonValue? {
        if value.integer != nil { return value }
        guard let content = value.content, content.count <= 80, radix == 0 || (2...36).contains(radix) else {
            return nil
        }
        var text = String(decoding: content, as: UTF8.self).filter { !$0.isWhitespace && $0 != "_" }
        if radix == 0 { return PythonLiteral.integer(text).map { PythonValue(kind: .integer($0)) } }
        let prefix = text.prefix(2).lowercased()
        if (radix == 16 && prefix == "0x") || (radix == 2 && prefix == "0b") || (radix == 8 && prefix == "0o") {
            text.removeFirst(2)
        }
        return Int(text, radix: radix).map { PythonValue(kind: .integer($0)) }
    }

    private mutating func bytes(_ value: PythonValue) -> PythonValue? {
        if let content = value.content { return .folded(.bytes(content), from: value) }
        guard case .list(let elements) = value.kind, pay(elements.count) else { return nil }
        var output: [UInt8] = []
        output.reserveCapacity(elements.count)
        for element in elements {
            guard let byte = element.integer.flatMap({ UInt8(exactly: $0) }) else { return nil }
            output.append(byte)
        }
        return .folded(.bytes(output), from: value)
    }

    private mutating func range(_ arguments: [PythonValue]) -> PythonValue? {
        let numbers = arguments.compactMap(\.integer)
        guard numbers.count == arguments.count, (1...3).contains(numbers.count) else { return nil }
        let start = numbers.count > 1 ? numbers[0] : 0
        let stop = numbers.count > 1 ? numbers[1] : numbers[0]
        let step = numbers.count > 2 ? numbers[2] : 1
        // Bounded before any arithmetic, so that none of it can overflow.
        guard step != 0, [start, stop, step].allSatisfy({ $0.magnitude <= 1 << 40 }),
            (stop - start) / step <= Self.longest
        else { return nil }
        let values = Array(stride(from: start, to: stop, by: step))
        guard pay(values.count) else { return nil }
        return PythonValue(kind: .list(values.map { PythonValue(kind: .integer($0)) }))
    }

    private mutating func map(_ function: PythonValue, _ iterable: PythonValue?) -> PythonValue? {
        guard let iterable, calls < 4, let items = elements(of: iterable) else { return nil }
        var results: [PythonValue] = []
        results.reserveCapacity(items.count)
        calls += 1
        defer { calls -= 1 }
        for item in items {
            let result = call(function, [item])
            guard !result.isUnknown, pay(1) else { return nil }
            results.append(result)
        }
        return list(results, from: iterable)
    }
}

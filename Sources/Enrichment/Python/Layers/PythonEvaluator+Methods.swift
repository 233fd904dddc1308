// SPDX-License-Identifier: Apache-2.0

extension PythonEvaluator {
    /// Calls a method of a known value; nil when it is not modelled.
    mutating func callMethod(_ receiver: PythonValue, _ name: String, _ arguments: [PythonValue]) -> PythonValue? {
        guard let content = receiver.content, pay(content.count / 8 + 1) else { return nil }
        switch name {
        case "decode", "encode": return transcode(receiver, content, name, arguments)
        case "join": return join(receiver, content, arguments)
        case "replace":
            guard arguments.count >= 2, let old = arguments[0].content, let new = arguments[1].content, !old.isEmpty
            else { return nil }
            return replaced(receiver, content, old, new)
        case "strip", "lstrip", "rstrip": return stripped(receiver, content, name, arguments.first)
        case "lower": return like(receiver, content.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 })
        case "upper": return like(receiver, content.map { $0 &- 97 < 26 ? $0 & 0xDF : $0 })
        case "swapcase": return like(receiver, content.map { ($0 | 0x20) &- 97 < 26 ? $0 ^ 0x20 : $0 })
        case "split": return split(receiver, content, arguments.first)
        case "format": return format(receiver, content, arguments)
        case "fromhex": return arguments.first.flatMap { value in decoded(value) { Codecs.hex($0) } }
        case "removeprefix":
            guard let prefix = arguments.first?.content else { return nil }
            return like(receiver, content.starts(with: prefix) ? Array(content.dropFirst(prefix.count)) : content)
        case "__add__": return arguments.first.map { add(receiver, $0) }
        case "__getitem__", "copy", "__str__", "tobytes", "getvalue": return name == "__getitem__" ? nil : receiver
        default: return nil
        }
    }

    private func like(_ value: PythonValue, _ content: [UInt8]) -> PythonValue {
        .folded(value.isText ? .text(content) : .bytes(content), from: value)
    }

    private mutating func transcode(
        _ receiver: PythonValue, _ content: [UInt8], _ name: String, _ arguments: [PythonValue]
    ) -> PythonValue? {
        guard let codec = arguments.first?.content, arguments.count <= 2 else {
            return changed(receiver, to: name == "decode" ? .text(content) : .bytes(content))
        }
        let codecName = String(decoding: codec, as: UTF8.self)
        if Self.isCharacterSet(codecName) || (arguments.count == 1 && ["ignore", "replace"].contains(codecName)) {
            return changed(receiver, to: name == "decode" ? .text(content) : .bytes(content))
        }
        guard name == "decode" || codecName.lowercased().hasPrefix("rot") else { return nil }
        let limit = valueLimit
        return decoded(receiver, isText: true) { Codecs.decode($0, named: codecName, limit: limit) }
    }

    /// `str` to `bytes` or back changes the type only; a plain literal stays plain.
    private func changed(_ value: PythonValue, to kind: PythonValue.Kind) -> PythonValue {
        var result = value
        result.kind = kind
        return result
    }

    private mutating func join(_ receiver: PythonValue, _ glue: [UInt8], _ arguments: [PythonValue]) -> PythonValue? {
        guard let items = arguments.first, let parts = elements(of: items) else { return nil }
        var output: [UInt8] = []
        var codecs = max(receiver.codecs, items.codecs)
        for (index, part) in parts.enumerated() {
            guard let content = part.content, pay(content.count / 8 + 1),
                output.count + content.count + glue.count <= valueLimit
            else { return nil }
            if index > 0 { output.append(contentsOf: glue) }
            output.append(contentsOf: content)
            codecs = max(codecs, part.codecs)
        }
        return PythonValue(kind: receiver.isText ? .text(output) : .bytes(output), codecs: codecs, isFolded: true)
    }

    private mutating func replaced(
        _ receiver: PythonValue, _ content: [UInt8], _ old: [UInt8], _ new: [UInt8]
    ) -> PythonValue? {
        var output: [UInt8] = []
        output.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            if content[index] == old[0], content[index...].starts(with: old) {
                guard pay(old.count + new.count / 8) else { return nil }
                output.append(contentsOf: new)
                index += old.count
            } else {
                output.append(content[index])
                index += 1
            }
            guard output.count <= valueLimit else { return nil }
        }
        return like(receiver, output)
    }

    private func stripped(
        _ receiver: PythonValue, _ content: [UInt8], _ name: String, _ argument: PythonValue?
    ) -> PythonValue? {
        let set: [UInt8]
        if let argument {
            guard let given = argument.content, given.count <= 256 else { return nil }
            set = given
        } else {
            set = [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D]
        }
        var slice = content[...]
        if name != "rstrip" { slice = slice.drop { set.contains($0) } }
        if name != "lstrip" { while let last = slice.last, set.contains(last) { slice.removeLast() } }
        return slice.count == content.count ? receiver : like(receiver, Array(slice))
    }

    private mutating func split(_ receiver: PythonValue, _ content: [UInt8], _ argument: PythonValue?) -> PythonValue? {
        var parts: [ArraySlice<UInt8>]
        if let separator = argument?.content {
            guard separator.count == 1, let byte = separator.first else { return nil }
            parts = content.split(separator: byte, maxSplits: Self.longest, omittingEmptySubsequences: false)
        } else if argument == nil {
            parts = content.split(maxSplits: Self.longest) { $0 == 0x20 || (0x09...0x0D).contains($0) }
        } else {
            return nil
        }
        guard pay(parts.count) else { return nil }
        return list(
            parts.map { part in
                PythonValue(
                    kind: receiver.isText ? .text(Array(part)) : .bytes(Array(part)), codecs: receiver.codecs,
                    isFolded: receiver.isFolded)
            }, from: receiver)
    }

    /// `'{}{1}'.format(…)` with positions only.
    private mutating func format(
        _ receiver: PythonValue, _ content: [UInt8], _ arguments: [PythonValue]
    ) -> PythonValue? {
        var output: [UInt8] = []
        var next = 0
        var index = 0
        while index < content.count {
            guard pay(1), output.count <= valueLimit else { return nil }
            let byte = content[index]
            index += 1
            guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") else {
                output.append(byte)
                continue
            }
            if index < content.count, content[index] == byte {
                output.append(byte)
                index += 1
                continue
            }
            guard byte == UInt8(ascii: "{"), let end = content[index...].prefix(4).firstIndex(of: UInt8(ascii: "}"))
            else { return nil }
            let place = end == index ? next : Int(String(decoding: content[index..<end], as: UTF8.self))
            guard let place, arguments.indices.contains(place), let text = formatted(arguments[place]) else {
                return nil
            }
            output.append(contentsOf: text)
            next += 1
            index = end + 1
        }
        return output.count <= valueLimit ? like(receiver, output) : nil
    }
}

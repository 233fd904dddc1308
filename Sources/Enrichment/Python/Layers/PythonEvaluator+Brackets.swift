// SPDX-License-Identifier: Apache-2.0

extension PythonEvaluator {
    /// `( … )` and `[ … ]`: a grouped expression, a tuple, a list or a comprehension.
    mutating func bracketed(_ opening: PythonToken) -> PythonValue {
        let (elements, hasComma, isComprehension) = elementsUntilClose()
        let start = Int(opening.start)
        let range = start..<max(start, Int(source.tokens[position - 1].end))
        // `[x for …]` is the list the comprehension gives, not a list with it inside.
        let isGrouped = opening.detail == UInt8(ascii: "(") || isComprehension
        if isGrouped, !hasComma, elements.count == 1, var only = elements.first {
            only.range = range
            return only
        }
        return PythonValue(kind: .list(elements), range: range)
    }

    /// The expressions up to the bracket that closes the one at the current position; a comprehension gives a list as
    /// its only element.
    mutating func elementsUntilClose() -> (elements: [PythonValue], hasComma: Bool, isComprehension: Bool) {
        let close = Int(source.tokens[position].partner)
        let end = close > 0 ? close : source.tokens.count - 1
        position += 1
        var elements: [PythonValue] = []
        var hasComma = false
        var isComprehension = false
        while position < end, pay(1) {
            let before = position
            let value = expression()
            if let token = token(at: position), source.isName(token, "for"), position < end, position > before {
                elements.append(comprehension(body: before, end: end))
                isComprehension = true
                continue
            }
            if position > before { elements.append(value) }
            if isOperation(position, UInt8(ascii: ",")) {
                hasComma = true
                position += 1
            } else if position == before {
                stepOver()
            } else if position < end, isOperation(position, UInt8(ascii: "=")) {
                // A keyword argument: its name is no value.
                elements.removeLast()
                position += 1
            }
        }
        position = min(end + 1, source.tokens.count)
        return (elements, hasComma, isComprehension)
    }

    /// `BODY for NAME, … in ITERABLE`, without conditions and only one level.
    private mutating func comprehension(body: Int, end: Int) -> PythonValue {
        position += 1
        var names: [String] = []
        while let token = token(at: position), position < end, !source.isName(token, "in") {
            if token.kind == .name, names.count < 8 { names.append(source.string(token)) }
            position += 1
        }
        position += 1
        guard position < end else { return .unknown }
        let iterable = expression()
        let isPlain = position == end
        defer { position = end }
        guard isPlain, calls < 4, let items = elements(of: iterable) else {
            giveUp(iterable)
            return .unknown
        }
        let saved = names.map { ($0, variables[$0]) }
        calls += 1
        var results: [PythonValue] = []
        results.reserveCapacity(items.count)
        for item in items {
            guard pay(2) else { break }
            bind(names, to: item)
            position = body
            let value = expression()
            results.append(value)
            if value.isUnknown { break }
        }
        calls -= 1
        for (name, value) in saved { variables[name] = value }
        if results.contains(where: \.isUnknown) || results.count < items.count {
            giveUp(iterable)
            return .unknown
        }
        return PythonValue.folded(.list(results), from: iterable)
    }

    private mutating func bind(_ names: [String], to item: PythonValue) {
        if names.count == 1 {
            variables[names[0]] = item
        } else if case .list(let parts) = item.kind, parts.count == names.count {
            for (name, part) in zip(names, parts) { variables[name] = part }
        }
    }

    /// What iterating over a value gives; nil when unknown or too long.
    mutating func elements(of value: PythonValue) -> [PythonValue]? {
        switch value.kind {
        case .list(let elements): return pay(elements.count) ? elements : nil
        case .bytes(let content):
            guard content.count <= Self.longest, pay(content.count) else { return nil }
            return content.map {
                PythonValue(kind: .integer(Int($0)), codecs: value.codecs, isFolded: value.isFolded)
            }
        case .text(let content):
            guard content.count <= Self.longest, pay(content.count) else { return nil }
            return String(decoding: content, as: UTF8.self).unicodeScalars.map {
                PythonValue(kind: .text(Array(String($0).utf8)), codecs: value.codecs, isFolded: value.isFolded)
            }
        default: return nil
        }
    }

    /// The most elements made of one value.
    static let longest = 65_536

    /// `value[index]` and `value[start:stop:step]`.
    mutating func subscripted(_ value: PythonValue) -> PythonValue {
        let close = Int(source.tokens[position].partner)
        let end = close > 0 ? close : source.tokens.count - 1
        position += 1
        var parts: [Int?] = [nil]
        var isKnown = true
        var colons = 0
        while position < end, pay(1) {
            if isOperation(position, UInt8(ascii: ":")) {
                position += 1
                colons += 1
                parts.append(nil)
                continue
            }
            let before = position
            let index = expression()
            if let integer = index.integer {
                parts[parts.count - 1] = integer
            } else if index.reference != "None" {
                giveUp(index)
                isKnown = false
            }
            if position == before { stepOver() }
        }
        position = min(end + 1, source.tokens.count)
        guard isKnown, parts.count <= 3 else {
            giveUp(value)
            return .unknown
        }
        if colons == 0 { return parts[0].map { element($0, of: value) } ?? .unknown }
        return sliced(value, start: parts[0], stop: parts[1], step: parts.count > 2 ? parts[2] : nil)
    }

    private mutating func element(_ index: Int, of value: PythonValue) -> PythonValue {
        // One byte or character of plain ASCII without making a list of all of them: loops index a key many times.
        if let content = value.content {
            let place = index < 0 ? index &+ content.count : index
            if content.indices.contains(place), !value.isText {
                return PythonValue(kind: .integer(Int(content[place])), codecs: value.codecs, isFolded: true)
            }
        }
        guard let elements = elements(of: value) else { return .unknown }
        let place = index < 0 ? index &+ elements.count : index
        guard elements.indices.contains(place) else { return .unknown }
        var element = elements[place]
        element.isFolded = true
        element.codecs = max(element.codecs, value.codecs)
        return element
    }

    /// Python's slice rules (The Python Language Reference, 3.2, "sequence types").
    private mutating func sliced(_ value: PythonValue, start: Int?, stop: Int?, step: Int?) -> PythonValue {
        guard step != 0, let elements = elements(of: value) else { return .unknown }
        let step = step ?? 1
        let count = elements.count
        func clamp(_ index: Int?, _ missing: Int) -> Int {
            guard let index else { return missing }
            let place = index < 0 ? index &+ count : index
            return step > 0 ? min(max(place, 0), count) : min(max(place, -1), count - 1)
        }
        var index = clamp(start, step > 0 ? 0 : count - 1)
        let last = clamp(stop, step > 0 ? count : -1)
        var chosen: [PythonValue] = []
        while step > 0 ? index < last : index > last {
            chosen.append(elements[index])
            let (next, overflowed) = index.addingReportingOverflow(step)
            if overflowed { break }
            index = next
        }
        return sequence(chosen, like: value)
    }

    /// A sequence of the same type as another, of these elements.
    func sequence(_ elements: [PythonValue], like value: PythonValue) -> PythonValue {
        switch value.kind {
        case .text: return .folded(.text(elements.flatMap { $0.content ?? [] }), from: value)
        case .bytes:
            return .folded(.bytes(elements.compactMap { $0.integer.map(UInt8.init(truncatingIfNeeded:)) }), from: value)
        default:
            var result = PythonValue.folded(.list(elements), from: value)
            result.isFolded = value.isFolded
            return result
        }
    }
}

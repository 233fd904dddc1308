// SPDX-License-Identifier: Apache-2.0

extension HashesFields {
    private static let algorithmsByLength = [32: "MD5", 40: "SHA1", 64: "SHA256", 128: "SHA512"]

    /// The item of a field such as `Hashes` split into one item for each algorithm, joined by OR (by AND under `all`
    /// and `neq`).
    ///
    /// Values of algorithms without a field stay with the original field, so that nothing is lost; when there is no
    /// other value, the rule is refused, as pySigma does.
    func apply(to item: DetectionItem) throws(Refusal) -> SearchWork? {
        guard ItemText.isTextual(item) else { return nil }
        var values: [(field: String, values: [Value])] = []
        var rest: [Value] = []
        for value in ItemText(item).values {
            guard let pattern = ItemText.pattern(value) else { return nil }
            guard let (algorithm, hash) = split(pattern.sigma), algorithms.contains(algorithm) else {
                rest.append(value)
                continue
            }
            let field = fieldPrefix + (dropsAlgorithm ? "" : algorithm)
            if let index = values.firstIndex(where: { $0.field == field }) {
                values[index].values.append(.string(hash))
            } else {
                values.append((field, [.string(hash)]))
            }
        }
        guard !values.isEmpty else {
            throw Refusal(
                .pipelineRefusal,
                "a pipeline finds no hash of \(algorithms.joined(separator: ", ")) in '\(item.field ?? "keywords")'",
                at: item.location)
        }
        if !rest.isEmpty { values.append((item.field ?? "keyword", rest)) }
        let works = values.map { field, values in
            var split = item
            split.field = field == "keyword" || field.isEmpty ? nil : field
            split.values = values
            split.modifiers = item.modifiers.filter { ![.contains, .startswith, .endswith].contains($0) }
            return SearchWork.item(ItemWork(item: split))
        }
        let isAnd = item.modifiers.contains(.all) || item.modifiers.contains(.neq)
        return isAnd ? .all(works) : .any(works)
    }

    /// `MD5=…`, `MD5|…`, or a bare hash whose length tells.
    private func split(_ text: String) -> (algorithm: String, hash: String)? {
        let parts = text.split(separator: text.contains("|") ? "|" : "=", omittingEmptySubsequences: false)
        if parts.count == 2 {
            return (parts[0].drop { $0 == "*" }.uppercased(), String(parts[1]))
        }
        let bare = text.filter { $0 != "*" }
        return Self.algorithmsByLength[bare.utf8.count].map { ($0, text) }
    }
}

extension FieldExtraction {
    /// The item with each value that the expression matches split into its named groups, ANDed; values are alternatives
    /// (or all must hold, under `all` and `neq`).
    ///
    /// Values that do not match stay with the original field.
    func apply(to item: DetectionItem) -> SearchWork? {
        guard ItemText.isTextual(item), fields.isEmpty || item.field.map(fields.contains) ?? false else { return nil }
        var works: [SearchWork] = []
        var rest: [Value] = []
        for value in ItemText(item).values {
            guard let pattern = ItemText.pattern(value),
                let groups = expression.namedGroups(in: ItemText.plain(pattern)), !groups.isEmpty
            else {
                rest.append(value)
                continue
            }
            let parts = groups.map { name, text in
                var part = item
                part.field = fieldPrefix.map { "\($0).\(name)" } ?? name
                part.values = [Self.typed(text)]
                part.modifiers = item.modifiers.filter { [.cased, .neq, .windash].contains($0) }
                return SearchWork.item(ItemWork(item: part))
            }
            // Not (a and b) is (not a) or (not b).
            works.append(item.modifiers.contains(.neq) ? .any(parts) : .all(parts))
        }
        guard !works.isEmpty else { return nil }
        if !rest.isEmpty {
            var unmatched = item
            unmatched.values = rest
            unmatched.modifiers.removeAll { [.contains, .startswith, .endswith].contains($0) }
            works.append(.item(ItemWork(item: unmatched)))
        }
        if works.count == 1 { return works[0] }
        return item.modifiers.contains(.all) || item.modifiers.contains(.neq) ? .all(works) : .any(works)
    }

    /// null and numbers are told from text by their form.
    private static func typed(_ text: String) -> Value {
        switch YAMLScalar(text: text, isString: false).resolved {
        case .null where !text.isEmpty: .null
        case .integer(let number) where String(number) == text: .integer(number)
        case .float(let number) where number.isFinite: .float(number)
        default: .string(ItemText.parse(plain: text).sigma)
        }
    }
}

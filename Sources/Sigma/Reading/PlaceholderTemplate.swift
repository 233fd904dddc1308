// SPDX-License-Identifier: Apache-2.0

/// A value under the `expand` modifier: text with `%placeholders%` (specification 2.1, "Placeholders").
///
/// A placeholder is a run of letters, digits and underscores between percent signs. `\%` is a literal percent sign;
/// since `\\` is a backslash, `\\%name%` is a backslash and a placeholder.
struct PlaceholderTemplate: Hashable {
    /// A part of the value.
    enum Segment: Hashable {
        /// Text in Sigma's own notation (or the regular expression's), with `\%` resolved.
        case text(String)
        /// A placeholder's name.
        case placeholder(String)
    }

    /// The parts in order.
    var segments: [Segment] = []

    /// Reads a value; anything but text has no placeholders.
    init(parsing value: Value) {
        switch value {
        case .string(let text): self.init(parsing: text)
        default: self.init(segments: [])
        }
    }

    /// Reads the text of a value.
    init(parsing text: String) {
        var literal = ""
        let scalars = Array(text.unicodeScalars)
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "\\", index + 1 < scalars.count {
                if scalars[index + 1] != "%" { literal.unicodeScalars.append(scalar) }
                literal.unicodeScalars.append(scalars[index + 1])
                index += 2
            } else if scalar == "%", let name = Self.name(in: scalars, from: index + 1) {
                if !literal.isEmpty { segments.append(.text(literal)) }
                literal = ""
                segments.append(.placeholder(name))
                index += name.unicodeScalars.count + 2
            } else {
                literal.unicodeScalars.append(scalar)
                index += 1
            }
        }
        if !literal.isEmpty { segments.append(.text(literal)) }
    }

    private static func name(in scalars: [Unicode.Scalar], from start: Int) -> String? {
        var name = ""
        for scalar in scalars[start...] {
            if scalar == "%" { return name.isEmpty ? nil : name }
            guard scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil else {
                return nil
            }
            name.unicodeScalars.append(scalar)
        }
        return nil
    }

    /// Whether anything is left to resolve.
    var hasPlaceholders: Bool { !names.isEmpty }

    /// The placeholders, in order.
    var names: [String] {
        segments.compactMap { segment in
            if case .placeholder(let name) = segment { name } else { nil }
        }
    }

    /// The value's text once nothing is left to resolve.
    var plainText: String {
        segments.reduce(into: "") { text, segment in
            if case .text(let part) = segment { text += part }
        }
    }

    /// The template as it would be written under `expand`.
    var source: String {
        segments.reduce(into: "") { text, segment in
            switch segment {
            case .text(let part): text += part.replacing("%", with: "\\%")
            case .placeholder(let name): text += "%\(name)%"
            }
        }
    }

    /// All ways to fill placeholders in.
    ///
    /// `lookup` gives the texts for a name, or nil to leave it. Nil when there would be more than `limit` ways.
    func filled(limit: Int, _ lookup: (String) -> [String]?) -> [PlaceholderTemplate]? {
        var ways = [PlaceholderTemplate(segments: [])]
        for segment in segments {
            guard case .placeholder(let name) = segment, let texts = lookup(name) else {
                for index in ways.indices { ways[index].append(segment) }
                continue
            }
            guard ways.count.multipliedReportingOverflow(by: texts.count).partialValue <= limit,
                texts.count <= limit
            else { return nil }
            ways = ways.flatMap { way in
                texts.map { text in
                    var way = way
                    way.append(.text(text))
                    return way
                }
            }
        }
        return ways
    }

    private init(segments: [Segment]) { self.segments = segments }

    private mutating func append(_ segment: Segment) {
        if case .text(let part) = segment, case .text(let before)? = segments.last {
            segments[segments.count - 1] = .text(before + part)
        } else {
            segments.append(segment)
        }
    }
}

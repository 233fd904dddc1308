// SPDX-License-Identifier: Apache-2.0

extension ParsedFile {
    /// Reads a record that `pack` wrote.
    init(from reader: inout PackReader) throws(PackDamage) {
        refused = try reader.number()
        diagnostics = try reader.list { (reader) throws(PackDamage) in try reader.diagnostic() }
        documents = try reader.list { (reader) throws(PackDamage) in try reader.document() }
        guard reader.isAtEnd, refused >= 0 else { throw PackDamage() }
    }
}

extension PackReader {
    fileprivate mutating func diagnostic() throws(PackDamage) -> Diagnostic {
        Diagnostic(try choice(Diagnostic.Severity.allCases), try text(), try text(), at: try location())
    }

    fileprivate mutating func document() throws(PackDamage) -> ParsedDocument {
        switch try byte() {
        case 0:
            return .rule(Rule(metadata: try metadata(), logsource: try logsource(), detection: try detection()))
        case 1: return .correlation(try correlation())
        case 2:
            let metadata = try metadata()
            let logsource = try logsource()
            let (isNarrowed, rules) = (try flag(), try texts())
            return .filter(
                Filter(
                    metadata: metadata, logsource: logsource, rules: isNarrowed ? rules : nil,
                    detection: try detection()))
        default: throw PackDamage()
        }
    }

    private mutating func metadata() throws(PackDamage) -> Metadata {
        var metadata = Metadata(title: try text(), location: SourceLocation(file: file))
        metadata.id = try optionalText()
        metadata.name = try optionalText()
        metadata.status = try optionalText()
        metadata.description = try optionalText()
        metadata.author = try optionalText()
        metadata.date = try optionalText()
        metadata.modified = try optionalText()
        metadata.license = try optionalText()
        metadata.references = try texts()
        metadata.tags = try texts()
        metadata.falsePositives = try texts()
        metadata.fields = try texts()
        metadata.level = try choice(Self.levels)
        metadata.custom = try textMap()
        metadata.location = try location()
        return metadata
    }

    private mutating func logsource() throws(PackDamage) -> RuleLogSource {
        var logsource = RuleLogSource(
            category: try optionalText(), product: try optionalText(), service: try optionalText())
        logsource.definition = try optionalText()
        logsource.custom = try textMap()
        return logsource
    }

    private mutating func detection() throws(PackDamage) -> Detection {
        let searches = try list { (reader) throws(PackDamage) in
            let (name, location) = (try reader.text(), try reader.location())
            return NamedSearch(name: name, search: try reader.search(depth: 0), location: location)
        }
        let conditions = try list { (reader) throws(PackDamage) in try reader.condition(depth: 0) }
        return Detection(searches: searches, conditions: conditions)
    }

    private mutating func search(depth: Int) throws(PackDamage) -> Search {
        guard depth < Self.maximumDepth else { throw PackDamage() }
        switch try byte() {
        case 0: return .all(try list { (reader) throws(PackDamage) in try reader.search(depth: depth + 1) })
        case 1: return .any(try list { (reader) throws(PackDamage) in try reader.search(depth: depth + 1) })
        case 2:
            let field = try optionalText()
            let modifiers = try list { (reader) throws(PackDamage) in try reader.choice(Self.modifiers) }
            let values = try list { (reader) throws(PackDamage) in try reader.value() }
            return .item(
                DetectionItem(field: field, modifiers: modifiers, values: values, location: try location()))
        default: throw PackDamage()
        }
    }

    private static let modifiers = Modifier.allCases
    private static let levels = [nil] + Level.allCases

    private mutating func value() throws(PackDamage) -> Value {
        switch try byte() {
        case 0: .string(try text())
        case 1: .integer(Int64(bitPattern: try word()))
        case 2: .float(Double(bitPattern: try word()))
        case 3: .boolean(false)
        case 4: .boolean(true)
        case 5: .null
        case 6: .pattern(StringPattern(pieces: try list { (reader) throws(PackDamage) in try reader.piece() }))
        default: throw PackDamage()
        }
    }

    private mutating func piece() throws(PackDamage) -> StringPattern.Piece {
        switch try byte() {
        case 0: .anything
        case 1: .one
        case 2: .literal(try text())
        default: throw PackDamage()
        }
    }

    private mutating func condition(depth: Int) throws(PackDamage) -> Condition {
        guard depth < Self.maximumDepth else { throw PackDamage() }
        switch try byte() {
        case 0: return .search(try text())
        case 1: return .and(try list { (reader) throws(PackDamage) in try reader.condition(depth: depth + 1) })
        case 2: return .or(try list { (reader) throws(PackDamage) in try reader.condition(depth: depth + 1) })
        case 3: return .not(try condition(depth: depth + 1))
        case 4: return .of(try quantifier(), try texts())
        default: throw PackDamage()
        }
    }

    private mutating func quantifier() throws(PackDamage) -> Condition.Quantifier {
        switch try byte() {
        case 0: .any
        case 1: .all
        case 2: .atLeast(try number())
        default: throw PackDamage()
        }
    }

    private mutating func correlation() throws(PackDamage) -> Correlation {
        var correlation = Correlation(
            metadata: try metadata(), kind: try choice(Correlation.Kind.allCases), rules: try texts(),
            groupBy: try texts(), timespan: try number())
        correlation.bounds = try list { (reader) throws(PackDamage) in
            Correlation.Bound(
                try reader.choice(Correlation.Bound.Comparison.allCases), Double(bitPattern: try reader.word()))
        }
        correlation.fields = try texts()
        let (isGiven, percentile) = (try flag(), Double(bitPattern: try word()))
        correlation.percentile = isGiven ? percentile : nil
        correlation.condition = try list { (reader) throws(PackDamage) in try reader.condition(depth: 0) }.first
        let aliases = try list { (reader) throws(PackDamage) in (try reader.text(), try reader.textMap()) }
        correlation.aliases = Dictionary(aliases, uniquingKeysWith: { first, _ in first })
        correlation.generate = try flag()
        return correlation
    }
}

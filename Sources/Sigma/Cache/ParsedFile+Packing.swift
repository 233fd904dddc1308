// SPDX-License-Identifier: Apache-2.0

// How the parts of a parsed file are written to a pack; `ParsedFile+Unpacking` reads them in the same order.

extension ParsedFile {
    /// Writes the file as a record.
    func pack(into writer: inout PackWriter) {
        writer.put(refused)
        writer.put(diagnostics) { $0.put($1) }
        writer.put(documents) { writer, document in
            switch document {
            case .rule(let rule):
                writer.put(0)
                writer.put(rule.metadata)
                writer.put(rule.logsource)
                writer.put(rule.detection)
            case .correlation(let correlation):
                writer.put(1)
                writer.put(correlation)
            case .filter(let filter):
                writer.put(2)
                writer.put(filter.metadata)
                writer.put(filter.logsource)
                writer.put(filter.rules == nil ? 0 : 1)
                writer.put(filter.rules ?? [])
                writer.put(filter.detection)
            }
        }
    }
}

extension PackWriter {
    fileprivate mutating func put(_ location: SourceLocation) {
        guard keepsLocations else { return }
        put(location.line)
        put(location.column)
    }

    fileprivate mutating func put(_ diagnostic: Diagnostic) {
        put(Diagnostic.Severity.allCases, diagnostic.severity)
        put(diagnostic.code)
        put(diagnostic.message)
        put(diagnostic.location)
    }

    /// Writes one of the cases of an enumeration.
    private mutating func put<Case: Equatable>(_ cases: [Case], _ one: Case) { put(cases.firstIndex(of: one) ?? 0) }

    fileprivate mutating func put(_ metadata: Metadata) {
        put(metadata.title)
        for text in [
            metadata.id, metadata.name, metadata.status, metadata.description, metadata.author, metadata.date,
            metadata.modified, metadata.license,
        ] { put(text) }
        for texts in [metadata.references, metadata.tags, metadata.falsePositives, metadata.fields] { put(texts) }
        put(metadata.level.map { $0.rank + 1 } ?? 0)
        put(metadata.custom)
        put(metadata.location)
    }

    mutating func put(_ logsource: RuleLogSource) {
        for text in [logsource.category, logsource.product, logsource.service, logsource.definition] { put(text) }
        put(logsource.custom)
    }

    mutating func put(_ detection: Detection) {
        put(detection.searches) { writer, named in
            writer.put(named.name)
            writer.put(named.location)
            writer.put(named.search)
        }
        put(detection.conditions) { $0.put($1) }
    }

    private mutating func put(_ search: Search) {
        switch search {
        case .all(let searches):
            put(0)
            put(searches) { $0.put($1) }
        case .any(let searches):
            put(1)
            put(searches) { $0.put($1) }
        case .item(let item):
            put(2)
            put(item.field)
            put(item.modifiers) { $0.put(Modifier.allCases, $1) }
            put(item.values) { $0.put($1) }
            put(item.location)
        }
    }

    private mutating func put(_ value: Value) {
        switch value {
        case .string(let text):
            put(0)
            put(text)
        case .integer(let number):
            put(1)
            put(word: UInt64(bitPattern: number))
        case .float(let number):
            put(2)
            put(word: number.bitPattern)
        case .boolean(let flag): put(flag ? 4 : 3)
        case .null: put(5)
        case .pattern(let pattern):
            put(6)
            put(pattern.pieces) { writer, piece in
                switch piece {
                case .anything: writer.put(0)
                case .one: writer.put(1)
                case .literal(let text):
                    writer.put(2)
                    writer.put(text)
                }
            }
        }
    }

    private mutating func put(_ condition: Condition) {
        switch condition {
        case .search(let name):
            put(0)
            put(name)
        case .and(let children):
            put(1)
            put(children) { $0.put($1) }
        case .or(let children):
            put(2)
            put(children) { $0.put($1) }
        case .not(let inner):
            put(3)
            put(inner)
        case .of(let quantifier, let names):
            put(4)
            switch quantifier {
            case .any: put(0)
            case .all: put(1)
            case .atLeast(let count):
                put(2)
                put(count)
            }
            put(names)
        }
    }

    mutating func put(_ correlation: Correlation) {
        put(correlation.metadata)
        put(Correlation.Kind.allCases, correlation.kind)
        put(correlation.rules)
        put(correlation.groupBy)
        put(correlation.timespan)
        put(correlation.bounds) { writer, bound in
            writer.put(Correlation.Bound.Comparison.allCases, bound.comparison)
            writer.put(word: bound.value.bitPattern)
        }
        put(correlation.fields)
        put(correlation.percentile == nil ? 0 : 1)
        put(word: (correlation.percentile ?? 0).bitPattern)
        put(correlation.condition.map { [$0] } ?? []) { $0.put($1) }
        put(correlation.aliases.sorted { $0.key < $1.key }) { writer, alias in
            writer.put(alias.key)
            writer.put(alias.value)
        }
        put(correlation.generate ? 1 : 0)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma
import Strategies

extension StateReader {
    mutating func readOptionalShared() throws(StateError) -> String? {
        try readOptional { reader throws(StateError) in try reader.readShared() }
    }

    mutating func readSharedList() throws(StateError) -> [String] {
        try readList { reader throws(StateError) in try reader.readShared() }
    }

    mutating func readOptionalInt() throws(StateError) -> Int? {
        try readOptional { reader throws(StateError) in try reader.readInt() }
    }

    mutating func readLevel() throws(StateError) -> Level {
        guard let level = Level(rawValue: try readShared()) else { throw .torn }
        return level
    }
}

extension RuleSummary {
    func save(to writer: inout StateWriter) {
        writer.write(id) { $0.write(shared: $1) }
        writer.write(shared: title)
        writer.write(shared: level.rawValue)
        writer.write(name) { $0.write(shared: $1) }
        writer.write(description) { $0.write(shared: $1) }
        for list in [references, falsePositives, tags] { writer.write(list) { $0.write(shared: $1) } }
        writer.write(shared: path)
        writer.write(line)
    }

    init(from reader: inout StateReader) throws(StateError) {
        id = try reader.readOptionalShared()
        title = try reader.readShared()
        level = try reader.readLevel()
        name = try reader.readOptionalShared()
        description = try reader.readOptionalShared()
        references = try reader.readSharedList()
        falsePositives = try reader.readSharedList()
        tags = try reader.readSharedList()
        path = try reader.readShared()
        line = try reader.readInt()
    }
}

extension AlertPriority {
    func save(to writer: inout StateWriter) {
        writer.write(shared: level.rawValue)
        writer.write(because) { $0.write(shared: $1) }
        writer.write(criterion) { $0.write($1) }
        writer.write(shared: ruleLevel.rawValue)
    }

    init(from reader: inout StateReader) throws(StateError) {
        let level = try reader.readLevel()
        let because = try reader.readOptionalShared()
        let criterion = try reader.readOptionalInt()
        self.init(rule: try reader.readLevel())
        (self.level, self.because, self.criterion) = (level, because, criterion)
    }
}

extension Suppression.Agreement {
    func save(to writer: inout StateWriter) {
        writer.write(shared: id)
        for part in [owner, reason, expires] { writer.write(part) { $0.write(shared: $1) } }
    }

    init(from reader: inout StateReader) throws(StateError) {
        self.init(
            id: try reader.readShared(), owner: try reader.readOptionalShared(),
            reason: try reader.readOptionalShared(), expires: try reader.readOptionalShared())
    }
}

extension StrategyReference {
    func save(to writer: inout StateWriter) {
        for part in [id, title, path] { writer.write(shared: part) }
    }

    init(from reader: inout StateReader) throws(StateError) {
        self.init(id: try reader.readShared(), title: try reader.readShared(), path: try reader.readShared())
    }
}

extension Guidance {
    func save(to writer: inout StateWriter) {
        writer.write(goal) { $0.write(shared: $1) }
        writer.write(technicalContext) { $0.write(shared: $1) }
        writer.write(blindSpots) { writer, spot in
            writer.write(shared: spot.id)
            writer.write(shared: spot.statement)
            writer.write(spot.rules) { $0.write($1) { $0.write(shared: $1) } }
        }
        writer.write(response) { writer, step in
            writer.write(shared: step.id)
            writer.write(shared: step.action)
            writer.write(step.command) { $0.write($1) }
            writer.write(step.unfilled) { $0.write(shared: $1) }
            writer.write(step.decisions) { writer, decision in
                writer.write(shared: decision.condition)
                writer.write(shared: decision.next)
            }
        }
    }

    init(from reader: inout StateReader) throws(StateError) {
        self.init(
            goal: try reader.readOptionalShared(), technicalContext: try reader.readOptionalShared(),
            blindSpots: try reader.readList { reader throws(StateError) in
                BlindSpot(
                    id: try reader.readShared(), statement: try reader.readShared(),
                    rules: try reader.readOptional { reader throws(StateError) in try reader.readSharedList() })
            },
            response: try reader.readList { reader throws(StateError) in
                PlaybookStep(
                    id: try reader.readShared(), action: try reader.readShared(),
                    command: try reader.readOptional { reader throws(StateError) in try reader.readString() },
                    unfilled: try reader.readSharedList(),
                    decisions: try reader.readList { reader throws(StateError) in
                        .init(condition: try reader.readShared(), next: try reader.readShared())
                    })
            }, isWhole: true)
    }
}

extension Entity {
    func save(to writer: inout StateWriter) {
        writer.write(shared: kind.rawValue)
        writer.write(id)
        fields.save(to: &writer)
    }

    init(from reader: inout StateReader) throws(StateError) {
        guard let kind = Kind(rawValue: try reader.readShared()) else { throw .torn }
        self.kind = kind
        id = try reader.readString()
        fields = try NamedValues(from: &reader)
    }
}

extension Explanation {
    func save(to writer: inout StateWriter) {
        writer.write(shared: selection)
        writer.write(field) { $0.write(shared: $1) }
        writer.write(shared: pattern)
        writer.write(value)
    }

    init(from reader: inout StateReader) throws(StateError) {
        selection = try reader.readShared()
        field = try reader.readOptionalShared()
        pattern = try reader.readShared()
        value = try reader.readString()
    }
}

extension CorrelationDetail {
    func save(to writer: inout StateWriter) {
        writer.write(shared: type)
        writer.write(timespan)
        group.save(to: &writer)
        writer.write(value) { $0.write($1) }
    }

    init(from reader: inout StateReader) throws(StateError) {
        type = try reader.readShared()
        timespan = try reader.readInt()
        group = try NamedValues(from: &reader)
        value = try reader.readOptional { reader throws(StateError) in try reader.readDouble() }
    }
}

extension NamedValues {
    func save(to writer: inout StateWriter) {
        writer.write(entries) { writer, entry in
            writer.write(shared: entry.name)
            writer.write(entry.values) { $1.save(to: &$0) }
        }
    }

    init(from reader: inout StateReader) throws(StateError) {
        entries = try reader.readList(size: 2) { reader throws(StateError) in
            Entry(
                name: try reader.readShared(),
                values: try reader.readList { reader throws(StateError) in try JSONValue(from: &reader, depth: 0) })
        }
    }
}

extension JSONValue {
    func save(to writer: inout StateWriter) {
        switch self {
        case .null: writer.write(0 as UInt64)
        case .boolean(let flag): writer.write(flag ? 2 as UInt64 : 1)
        case .integer(let number):
            writer.write(3 as UInt64)
            writer.write(number)
        case .number(let number):
            writer.write(4 as UInt64)
            writer.write(number)
        case .string(let text):
            writer.write(5 as UInt64)
            writer.write(text)
        case .array(let list):
            writer.write(6 as UInt64)
            writer.write(list) { $1.save(to: &$0) }
        case .object(let members):
            writer.write(7 as UInt64)
            writer.write(members) { writer, member in
                writer.write(shared: member.key)
                member.value.save(to: &writer)
            }
        }
    }

    /// Values nest two deep at most; damaged bytes must not exhaust the stack.
    init(from reader: inout StateReader, depth: Int) throws(StateError) {
        guard depth < 16 else { throw .torn }
        switch try reader.readUInt64() {
        case 0: self = .null
        case 1: self = .boolean(false)
        case 2: self = .boolean(true)
        case 3: self = .integer(try reader.readInt64())
        case 4: self = .number(try reader.readDouble())
        case 5: self = .string(try reader.readString())
        case 6:
            self = .array(
                try reader.readList { reader throws(StateError) in try JSONValue(from: &reader, depth: depth + 1) })
        case 7:
            self = .object(
                try reader.readList { reader throws(StateError) in
                    Member(try reader.readShared(), try JSONValue(from: &reader, depth: depth + 1))
                })
        default: throw .torn
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma
import Strategies

extension Alert {
    /// Writes all of it; what many alerts say alike is written once for each writer.
    public func save(to writer: inout StateWriter) {
        writer.write(id)
        rule.save(to: &writer)
        priority.save(to: &writer)
        writer.write(suppressed) { $1.save(to: &$0) }
        writer.write(strategy) { $1.save(to: &$0) }
        guidance.save(to: &writer)
        writer.write(attack.tactics) { $0.write(shared: $1) }
        writer.write(attack.techniques) { writer, technique in
            writer.write(shared: technique.id)
            writer.write(technique.name) { $0.write(shared: $1) }
        }
        writer.write(count)
        writer.write(firstSeen) { $0.write($1) }
        writer.write(lastSeen) { $0.write($1) }
        entity.save(to: &writer)
        writer.write(why) { $1.save(to: &$0) }
        writer.write(correlation) { $1.save(to: &$0) }
        writer.write(source) { writer, source in
            writer.write(shared: source.path)
            writer.write(source.position)
            writer.write(shared: source.logsource)
        }
        writer.write(differing) { writer, field in
            writer.write(shared: field.field)
            writer.write(field.values) { writer, value in
                writer.write(value.value) { $0.write($1) }
                writer.write(value.count)
            }
            writer.write(field.more)
        }
        writer.write(sources) { writer, source in
            writer.write(shared: source.path)
            writer.write(shared: source.logsource)
            writer.write(source.count)
        }
        writer.write(moreSources)
        writer.write(events) { $1.save(to: &$0) }
    }

    /// Reads what was written.
    public init(from reader: inout StateReader) throws(StateError) {
        id = try reader.readString()
        rule = try RuleSummary(from: &reader)
        priority = try AlertPriority(from: &reader)
        suppressed = try reader.readOptional { reader throws(StateError) in try Suppression.Agreement(from: &reader) }
        strategy = try reader.readOptional { reader throws(StateError) in try StrategyReference(from: &reader) }
        guidance = try Guidance(from: &reader)
        attack = AttackMapping(tags: [])
        attack.tactics = try reader.readSharedList()
        attack.techniques = try reader.readList { reader throws(StateError) in
            .init(id: try reader.readShared(), name: try reader.readOptionalShared())
        }
        count = try reader.readInt()
        firstSeen = try reader.readOptional { reader throws(StateError) in try reader.readTimestamp() }
        lastSeen = try reader.readOptional { reader throws(StateError) in try reader.readTimestamp() }
        entity = try Entity(from: &reader)
        why = try reader.readList { reader throws(StateError) in try Explanation(from: &reader) }
        correlation = try reader.readOptional { reader throws(StateError) in try CorrelationDetail(from: &reader) }
        source = try reader.readOptional { reader throws(StateError) in
            Source(
                path: try reader.readShared(), position: try reader.readUInt64(), logsource: try reader.readShared())
        }
        differing = try reader.readList { reader throws(StateError) in
            DifferingField(
                field: try reader.readShared(),
                values: try reader.readList { reader throws(StateError) in
                    .init(
                        value: try reader.readOptional { reader throws(StateError) in try reader.readString() },
                        count: try reader.readInt())
                }, more: try reader.readInt())
        }
        sources = try reader.readList { reader throws(StateError) in
            AlertSource(
                path: try reader.readShared(), logsource: try reader.readShared(), count: try reader.readInt())
        }
        moreSources = try reader.readInt()
        events = try reader.readList { reader throws(StateError) in try EventSnapshot(from: &reader) }
    }

    /// About how many bytes of memory it holds, without what it shares with other alerts of its rule.
    var footprint: Int {
        let reasons = why.reduce(1536 + response) { $0 + $1.value.utf8.count + 160 }
        let values = differing.reduce(reasons) { sum, field in
            field.values.reduce(sum + 96) { $0 + 64 + ($1.value?.utf8.count ?? 0) }
        }
        return events.reduce(values + sources.count * 80) { $0 + $1.footprint }
    }

    private var response: Int { guidance.response.reduce(0) { $0 + 256 + ($1.command?.utf8.count ?? 0) } }
}

extension EventSnapshot {
    func save(to writer: inout StateWriter) {
        writer.write(time) { $0.write($1) }
        writer.write(shared: logsource)
        writer.write(shared: path)
        writer.write(position)
        fields.save(to: &writer)
        writer.write(record)
        writer.write(isTruncated)
    }

    init(from reader: inout StateReader) throws(StateError) {
        time = try reader.readOptional { reader throws(StateError) in try reader.readTimestamp() }
        logsource = try reader.readShared()
        path = try reader.readShared()
        position = try reader.readUInt64()
        fields = try NamedValues(from: &reader)
        record = try reader.readString()
        isTruncated = try reader.readBool()
    }

    /// About how many bytes of memory it holds.
    var footprint: Int {
        fields.entries.reduce(record.utf8.count + 256) { sum, entry in
            entry.values.reduce(sum + 96) { sum, value in
                if case .string(let text) = value { sum + text.utf8.count + 80 } else { sum + 48 }
            }
        }
    }
}

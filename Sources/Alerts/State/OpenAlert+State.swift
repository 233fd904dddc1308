// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma
import Strategies

extension AlertTemplate {
    func save(to writer: inout StateWriter) {
        rule.save(to: &writer)
        writer.write(strategy) { $1.save(to: &$0) }
        writer.write(guidance) { $1.save(to: &$0) }
    }

    convenience init(from reader: inout StateReader) throws(StateError) {
        let rule = try RuleSummary(from: &reader)
        let strategy = try reader.readOptional { reader throws(StateError) in try StrategyReference(from: &reader) }
        let guidance = try reader.readOptional { reader throws(StateError) in try Guidance(from: &reader) }
        self.init(rule, strategy, guidance)
    }
}

extension OpenAlert {
    func save(to writer: inout StateWriter) {
        priority.save(to: &writer)
        writer.write(suppressed) { $1.save(to: &$0) }
        entity.save(to: &writer)
        writer.write(why) { $1.save(to: &$0) }
        writer.write(correlation) { $1.save(to: &$0) }
        writer.write(id)
        writer.write(events) { $1.save(to: &$0) }
        writer.write(sample) { $0.write($1) }
        writer.write(differingEvents)
    }

    init(from reader: inout StateReader, _ template: AlertTemplate, vocabulary: Vocabulary) throws(StateError) {
        self.template = template
        priority = try AlertPriority(from: &reader)
        suppressed = try reader.readOptional { reader throws(StateError) in try Suppression.Agreement(from: &reader) }
        entity = try Entity(from: &reader)
        why = try reader.readList { reader throws(StateError) in try Explanation(from: &reader) }
        correlation = try reader.readOptional { reader throws(StateError) in try CorrelationDetail(from: &reader) }
        id = try reader.readString()
        events = try reader.readList(size: 8) { reader throws(StateError) in
            try PackedEvent(from: &reader, vocabulary: vocabulary)
        }
        let count = events.count
        sample = try reader.readOptional { reader throws(StateError) in try reader.readInt(in: 0..<count) }
        differingEvents = try reader.readInt(in: 0..<count + 1)
    }
}

extension OpenAlerts.Node {
    func save(to writer: inout StateWriter, _ policy: AlertPolicy) {
        writer.write(fixed: key.entity.hash)
        writer.write(key.distinction.criterion) { $0.write($1) }
        writer.write(key.distinction.suppression.map { policy.records[$0] }) { writer, record in
            writer.write(shared: record.strategy)
            writer.write(shared: record.suppression.id)
        }
        writer.write(tally.count)
        writer.write(tally.first)
        writer.write(tally.last)
        writer.write(shared: level.rawValue)
        values.save(to: &writer)
        sources.save(to: &writer)
        writer.write(quietSince)
        writer.write(isThrottled)
        writer.write(isHeld)
    }

    /// Reads what was written; false when its suppression is gone, or its rule, for which another stands in.
    static func restored(
        from reader: inout StateReader, _ rule: RuleKey?, _ template: AlertTemplate, _ policy: AlertPolicy
    ) throws(StateError) -> (OpenAlerts.Node, isSame: Bool) {
        let entity = EntityKey(hash: try reader.readFixed())
        let criterion = try reader.readOptionalInt()
        var suppression: Int?
        let hasSuppression = try reader.readBool()
        if hasSuppression {
            let (strategy, id) = (try reader.readShared(), try reader.readShared())
            suppression = policy.records.firstIndex { $0.strategy == strategy && $0.suppression.id == id }
        }
        let count = try reader.readInt(in: 1..<Int.max)
        let tally = OpenAlerts.Tally(
            count: count, first: try reader.readTimestamp(), last: try reader.readTimestamp())
        let level = try reader.readLevel()
        var node = OpenAlerts.Node(
            key: .init(
                rule: rule ?? .rule(-1), entity: entity,
                distinction: .init(criterion: criterion, suppression: suppression)), tally: tally, level: level,
            values: try DifferingValues(from: &reader))
        node.sources = try SourceCounts(from: &reader)
        node.quietSince = try reader.readTimestamp()
        node.isThrottled = try reader.readBool()
        node.isHeld = try reader.readBool()
        return (node, rule != nil && hasSuppression == (suppression != nil))
    }
}

extension PackedEvent {
    func save(to writer: inout StateWriter) {
        writer.write(time)
        writer.write(source)
        writer.write(shared: path)
        writer.write(position)
        writer.write(isTruncated)
        var reader = PackedEventReader(bytes)
        var values: [PackedEventReader.Value] = []
        while let value = reader.next() { values.append(value) }
        writer.write(values) { writer, value in
            writer.write(value.field) { $0.write($1) }
            writer.write(UInt64(value.kind.rawValue))
            writer.write(bytes.span.extracting(value.range))
            writer.write(value.missing)
            if value.missing > 0 { writer.write(fixed: value.hash) }
        }
    }

    init(from reader: inout StateReader, vocabulary: Vocabulary) throws(StateError) {
        let time = try reader.readTimestamp()
        let source = try reader.readSource()
        let path = try reader.readShared()
        let position = try reader.readUInt64()
        let isTruncated = try reader.readBool()
        var packer = EventPacker(capacity: 256, secret: .process)
        for _ in 0..<(try reader.readCount(size: 4)) {
            let field = try reader.readOptional { reader throws(StateError) in try reader.readField() }
            guard let kind = EventPacker.Kind(rawValue: UInt8(truncatingIfNeeded: try reader.readUInt64())) else {
                throw .torn
            }
            let bytes = try reader.readBytes()
            let missing = try reader.readInt(in: 0..<Int.max)
            packer.add(bytes.span, kind, of: field, missing: missing, hash: missing > 0 ? try reader.readFixed() : 0)
        }
        self.init(
            time: time, source: source, path: path, position: position, vocabulary: vocabulary, bytes: packer.bytes,
            isTruncated: isTruncated)
    }
}

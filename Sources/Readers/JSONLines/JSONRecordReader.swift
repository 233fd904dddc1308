// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Reads one JSON record after the other: what `JSONReader` is made of.
///
/// Not copyable, for a copy would share the memory of parsers and tables.
struct JSONRecordReader: ~Copyable {
    /// JSON in JSON is followed this deep: a wrapper, a record, and a text in it.
    static let maximumNesting = 3

    let options: JSONReaderOptions
    let parsers: [JSONParser]
    var flattener: JSONFlattener
    var wrapped: [any WrappedLineReader]
    var shapes: JSONShapes
    /// Whether the last Kubernetes record was wrapped in `event`; such a record is then first looked for.
    var expectsWrapper = false
    /// Whether the last record's shape needed the tape; the next one's then probably does, too.
    var expectsTape = false
    /// How many texts were given to a reader of wrapped records, which may keep them back.
    var handedOver = 0
    /// Whether texts for readers that keep something back are only noted in `handovers`.
    var defersHandovers = false
    /// The texts noted.
    var handovers: [Handover] = []

    /// Whether secrets were taken out of the record read last.
    var holdsBackSecrets = false
    /// What the record read last was.
    var shapeRead = JSONShape.other

    init(vocabulary: Vocabulary, options: JSONReaderOptions, wrapped: [any WrappedLineReader]) {
        self.options = options
        parsers = (0..<Self.maximumNesting).map { _ in JSONParser() }
        flattener = JSONFlattener(vocabulary)
        self.wrapped = wrapped
        shapes = JSONShapes(vocabulary, given: options.logSource)
    }

    /// Reads records, each one JSON value; events are counted here, records by who cut them.
    mutating func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        for record in records {
            let context = JSONContext(
                evidence: record.range, document: record.range, position: record.position, nesting: 0)
            if expectsTape || options.usesTapeAlone || !readText(context, into: &batch, report: &report) {
                readDocument(record.range, context, into: &batch, report: &report)
            }
        }
    }

    /// Gives what the readers of wrapped records kept back.
    mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {
        for index in wrapped.indices { wrapped[index].finish(into: &batch, report: &report) }
    }

    /// Parses one document and makes its events.
    mutating func readDocument(
        _ range: Range<Int>, _ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport
    ) {
        switch parsers[context.nesting].parse(range, in: &batch) {
        case .document(let tape):
            readValue(tape, JSONTape.root, context, into: &batch, report: &report)
        case .notUTF8:
            report.add(
                .encoding, path: batch.path, position: context.position,
                "the record is not UTF-8; what is not was replaced by U+FFFD")
            let repaired = UTF8Repair.append(range, of: &batch.bytes)
            switch parsers[context.nesting].parse(repaired, in: &batch) {
            case .document(let tape): readValue(tape, JSONTape.root, context, into: &batch, report: &report)
            case .notUTF8: refuse("not UTF-8", context, batch, &report)
            case .malformed(let reason): refuse(reason, context, batch, &report)
            }
        case .malformed(let reason):
            refuse(reason, context, batch, &report)
        }
    }

    /// Makes the events of an object, or of each object of an array.
    private mutating func readValue(
        _ tape: JSONTape, _ index: Int, _ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport
    ) {
        switch tape.tag(index) {
        case JSONTape.Tag.object:
            readObject(tape, index, context, into: &batch, report: &report)
        case JSONTape.Tag.array:
            for element in tape.elements(of: index) {
                if tape.tag(element.value) == JSONTape.Tag.object {
                    readObject(
                        tape, element.value, context.of(element.value, tape, &batch), into: &batch, report: &report)
                } else {
                    refuse("an element of the array is not an object", context, batch, &report)
                }
            }
        default:
            refuse("the record is a single value, not an object", context, batch, &report)
        }
    }

    /// Makes the events of one object.
    mutating func readObject(
        _ tape: JSONTape, _ index: Int, _ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport
    ) {
        let record = JSONRecord(first: batch.slots.count, context: context)
        let wrapper = expectsWrapper ? certainAuditWrapper(tape, index, in: batch.bytes) : nil
        flattener.reset()
        flattener.flatten(tape, from: index, splice: wrapper ?? -1, into: &batch)
        shapeRead = shape(in: batch)
        if context.nesting == 0 { expectsTape = needsTape(shapeRead) }
        let object = JSONObject(tape: tape, index: index, wrapper: wrapper)
        read(shapeRead, object, record, into: &batch, report: &report)
    }

    /// Makes the event of a record straight from its text; false, with nothing done, where that needs the tape.
    mutating func readText(_ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport) -> Bool {
        let record = JSONRecord(first: batch.slots.count, context: context)
        let end = batch.bytes.count
        flattener.reset()
        guard flattener.flatten(text: context.document, parsers[context.nesting], into: &batch) else { return false }
        shapeRead = shape(in: batch)
        expectsTape = needsTape(shapeRead)
        if expectsTape {
            batch.slots.removeSubrange(record.first...)
            batch.bytes.removeSubrange(end...)
            return false
        }
        read(shapeRead, record, into: &batch, report: &report)
        return true
    }

    /// Whether a known field is one of a few texts.
    func isText(_ field: KnownField, _ texts: [StaticString], in batch: EventBatch) -> Bool {
        guard let slot = flattener.text(field, in: batch) else { return false }
        let bytes = batch.bytes.span.extracting(slot.range)
        for text in texts where equalBytes(bytes, text) { return true }
        return false
    }

    /// Hands a text of another format to its reader, or notes it.
    mutating func handOver(
        _ line: Range<Int>, to reader: Int, host: Range<Int>, _ context: JSONContext, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        handedOver += 1
        if defersHandovers, wrapped[reader].keepsRecords {
            handovers.append(
                Handover(
                    reader: reader, line: line, evidence: context.evidence, position: context.position, host: host,
                    event: batch.events.count, sample: report.samples.count))
        } else {
            wrapped[reader].read(
                line, evidence: context.evidence, position: context.position, host: host, into: &batch,
                report: &report)
        }
    }

    private func refuse(
        _ reason: String, _ context: JSONContext, _ batch: EventBatch, _ report: inout ReadReport
    ) {
        report.add(.malformed, path: batch.path, position: context.position, reason)
    }

    /// Makes the event of a record's slots.
    mutating func commit(
        _ source: LogSourceID, times: [KnownField], _ record: JSONRecord, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        if flattener.omitted > 0 {
            let omitted = flattener.omitted
            report.add(
                .partial, path: batch.path, position: record.context.position,
                "\(omitted) values lie beyond the limit on number or depth and were left out")
        }
        batch.commit(
            time: flattener.known.time(times, in: batch), source: source, slotsFrom: record.first,
            record: record.context.evidence, position: record.context.position)
        report.events += 1
    }
}

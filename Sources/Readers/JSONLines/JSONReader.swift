// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Choices for reading JSON.
public struct JSONReaderOptions: Sendable {
    /// The log source of records whose shape does not tell it; nil to go by well-known keys.
    public var logSource: LogSource?
    /// Whether every record is read from simdjson's tape, never straight from its text.
    ///
    /// What comes out is the same, more slowly: the reference that the other way is held against.
    public var usesTapeAlone = false

    /// Makes options.
    public init(logSource: LogSource? = nil) { self.logSource = logSource }
}

/// Reads JSON records: finds out what each one is, gives its fields dotted names and those rules know them by.
///
/// What a record is follows from the record alone, never from its neighbours. See `JSONShape` for what is recognised.
/// A copy shares the parser's buffers: do not use copies on several threads.
public struct JSONReader: RecordReader {
    /// JSON in JSON is followed this deep: a wrapper, a record, and a text in it.
    static let maximumNesting = 3

    let options: JSONReaderOptions
    let parsers: [JSONParser]
    var flattener: JSONFlattener
    var wrapped: [any WrappedLineReader]
    let windows: WindowsTaxonomy
    let hints: LogSourceHints
    let sources: JSONSources
    /// Whether the last Kubernetes record was wrapped in `event`; such a record is then first looked for.
    var expectsWrapper = false
    /// Whether the last record's shape needed the tape; the next one's then probably does, too.
    var expectsTape = false
    /// How many texts were given to a reader of wrapped records, which may keep them back.
    var handedOver = 0
    /// Whether texts for readers that keep something back are only noted in `handovers`.
    private var defersHandovers = false
    /// The texts noted.
    var handovers: [Handover] = []

    /// Whether secrets were taken out of the record read last.
    var holdsBackSecrets = false
    /// What the record read last was.
    var shapeRead = JSONShape.other

    /// Makes a reader.
    public init(vocabulary: Vocabulary, options: JSONReaderOptions) {
        self.init(vocabulary: vocabulary, options: options, wrapped: WrappedLines.standard(vocabulary))
    }

    /// Makes a reader for records that several readers share among them: of texts of other formats it reads only those
    /// that need not be read in order, and notes the others in `handovers`.
    init(handingOver options: JSONReaderOptions, vocabulary: Vocabulary) {
        self.init(vocabulary: vocabulary, options: options)
        defersHandovers = true
    }

    /// Makes a reader that hands texts of other formats to `wrapped`.
    package init(vocabulary: Vocabulary, options: JSONReaderOptions, wrapped: [any WrappedLineReader]) {
        self.options = options
        parsers = (0..<Self.maximumNesting).map { _ in JSONParser() }
        flattener = JSONFlattener(vocabulary)
        self.wrapped = wrapped
        windows = WindowsTaxonomy(vocabulary)
        hints = LogSourceHints(vocabulary)
        sources = JSONSources(vocabulary, given: options.logSource)
    }

    /// Reads records, each one JSON value; events are counted here, records by who cut them.
    public mutating func read(_ records: [Record], into batch: inout EventBatch, report: inout ReadReport) {
        for record in records {
            let context = JSONContext(
                evidence: record.range, document: record.range, position: record.position, nesting: 0)
            if expectsTape || options.usesTapeAlone || !readText(context, into: &batch, report: &report) {
                readDocument(record.range, context, into: &batch, report: &report)
            }
        }
    }

    /// Gives what the readers of wrapped records kept back.
    public mutating func finish(into batch: inout EventBatch, report: inout ReadReport) {
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

    /// Makes an event of the slots since `firstSlot`.
    mutating func commit(
        _ source: LogSourceID, times: [KnownField], slotsFrom firstSlot: Int, _ context: JSONContext,
        into batch: inout EventBatch, report: inout ReadReport
    ) {
        if flattener.omitted > 0 {
            let omitted = flattener.omitted
            report.add(
                .partial, path: batch.path, position: context.position,
                "\(omitted) values lie beyond the limit on number or depth and were left out")
        }
        batch.commit(
            time: flattener.known.time(times, in: batch), source: source, slotsFrom: firstSlot,
            record: context.evidence, position: context.position)
        report.events += 1
    }
}

/// Where a document comes from.
struct JSONContext {
    /// The bytes kept as evidence.
    var evidence: Range<Int>
    /// The document's own text.
    var document: Range<Int>
    /// Number of the record.
    var position: UInt64
    /// How many documents it is wrapped in.
    var nesting: Int

    /// The same for one of several records in the document: its evidence is that record alone, so that it holds nothing
    /// of its neighbours.
    func of(_ value: Int, _ tape: JSONTape, _ batch: inout EventBatch) -> JSONContext {
        let text = JSONText.append(tape, value, into: &batch.bytes)
        return JSONContext(evidence: text, document: text, position: position, nesting: nesting)
    }
}

/// The ids of log sources that do not come out of a table.
struct JSONSources {
    let kubernetes: LogSourceID
    let dockerEvents: LogSourceID
    let dockerInspect: LogSourceID
    let dockerImage: LogSourceID
    let linuxSyslog: LogSourceID
    let journal: [(name: [UInt8], source: LogSourceID)]
    let ecs: ECSSources
    let sensors: SensorSources
    let auditd: LogSourceID
    let windowsProcess: LogSourceID
    let process: LogSourceID
    let unknown: LogSourceID
    let given: LogSourceID?

    init(_ vocabulary: Vocabulary, given: LogSource?) {
        kubernetes = vocabulary.source(LogSource(product: "kubernetes", category: "application", service: "audit"))
        dockerEvents = vocabulary.source(LogSource(product: "docker", service: "events"))
        dockerInspect = vocabulary.source(LogSource(product: "docker", service: "inspect"))
        dockerImage = vocabulary.source(LogSource(product: "docker", category: "image", service: "inspect"))
        linuxSyslog = vocabulary.source(LogSource(product: "linux", service: "syslog"))
        // Identifiers syslog and journald carry, and the services SigmaHQ has for them.
        let identifiers: [(String, String)] = [
            ("sshd", "sshd"), ("sshd-session", "sshd"), ("sudo", "sudo"), ("su", "auth"), ("login", "auth"),
            ("cron", "cron"), ("CRON", "cron"), ("crond", "cron"), ("vsftpd", "vsftpd"), ("clamd", "clamav"),
            ("guacd", "guacamole"), ("auditd", "auditd"), ("systemd-logind", "auth"),
        ]
        journal = identifiers.map {
            (Array($0.0.utf8), vocabulary.source(LogSource(product: "linux", service: $0.1)))
        }
        ecs = ECSSources(vocabulary)
        sensors = SensorSources(vocabulary)
        auditd = vocabulary.source(LogSource(product: "linux", service: "auditd"))
        windowsProcess = vocabulary.source(LogSource(product: "windows", category: "process_creation"))
        process = vocabulary.source(LogSource(category: "process_creation"))
        unknown = vocabulary.source(LogSource())
        self.given = given.map { vocabulary.source($0) }
    }
}

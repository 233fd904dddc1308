// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The shapes of records that are recognised.
///
/// This file is the table of them. What belongs to one shape alone lies in a folder of its own: its known fields, its
/// log sources and field names, how it is told and how it is read. A new shape adds a folder, and here a case, its
/// fields, its sources and names, its place in the order of recognition, its reader and its line on the page of log
/// sources.
enum JSONShape {
    /// A Kubernetes audit event, bare or below the member `event` of a labelled record.
    case kubernetes
    /// A list of Kubernetes audit events.
    case kubernetesList
    /// CloudWatch's `logEvents`, each with a record as text.
    case logEvents
    /// A Windows event with `Event.System`, or flat with an event id and a channel or provider.
    case windows
    /// A Docker or Podman event.
    case containerEvent
    /// A container's or image's description (`docker inspect`).
    case containerInspect
    /// A Falco alert.
    case falco
    /// A Tetragon event.
    case tetragon
    /// A Kunai event.
    case kunai
    /// A record with a text that may be a record itself.
    case wrapper
    /// Auditbeat's form of an audit event.
    case auditbeat
    /// Elastic Common Schema, which Winlogbeat and Elastic's endpoint write.
    case ecs
    /// A journal entry or syslog message that wraps nothing known.
    case journal
    /// Anything else.
    case other
}

/// Where the known fields of each shape are numbered; `shared` are those several shapes go by.
enum KnownFieldGroup: UInt16, CaseIterable {
    case shared, windows, ecs, auditbeat, kubernetes, docker, wrapper, journal, falco, tetragon, kunai

    var fields: any KnownFieldSet.Type {
        switch self {
        case .shared: SharedField.self
        case .windows: WindowsField.self
        case .ecs: ECSField.self
        case .auditbeat: AuditbeatField.self
        case .kubernetes: KubernetesField.self
        case .docker: DockerField.self
        case .wrapper: WrapperField.self
        case .journal: JournalField.self
        case .falco: FalcoField.self
        case .tetragon: TetragonField.self
        case .kunai: KunaiField.self
        }
    }
}

/// What the shapes need to know of a vocabulary: the ids of their log sources, and their fields' names.
struct JSONShapes {
    let kubernetes: LogSourceID
    let docker: DockerSources
    let journal: JournalSources
    let windows: WindowsTaxonomy
    let ecs: ECSSources
    var ecsNames: FieldNames
    let auditbeat: LogSourceID
    var falco: SensorShape
    var tetragon: SensorShape
    var kunai: SensorShape
    let other: OtherSources

    init(_ vocabulary: Vocabulary, given: LogSource?) {
        kubernetes = vocabulary.source(KubernetesAudit.logSource)
        docker = DockerSources(vocabulary)
        journal = JournalSources(vocabulary)
        windows = WindowsTaxonomy(vocabulary)
        ecs = ECSSources(vocabulary)
        ecsNames = FieldNames(ECSFields.sigmaName, vocabulary)
        auditbeat = vocabulary.source(AuditbeatRecord.logSource)
        falco = SensorShape(FalcoFields.self, vocabulary)
        tetragon = SensorShape(TetragonFields.self, vocabulary)
        kunai = SensorShape(KunaiFields.self, vocabulary)
        other = OtherSources(vocabulary, given: given)
    }

    /// The log sources of each shape as the reference page lists them; `made` gives those that something makes known.
    static func logSources(
        _ made: ((Vocabulary) -> Void) -> [LogSource]
    ) -> [(format: String, sources: [LogSource])] {
        [
            ("ECS", made { _ = ECSSources($0) }),
            ("Auditbeat", [AuditbeatRecord.logSource] + made { _ = ECSSources($0) }.filter(AuditbeatRecord.gives)),
            ("Falco", made { _ = SensorShape(FalcoFields.self, $0) }),
            ("Tetragon", made { _ = SensorShape(TetragonFields.self, $0) }),
            ("Kunai", made { _ = SensorShape(KunaiFields.self, $0) }),
            ("journal", made { _ = JournalSources($0) }),
            ("Docker and Podman", made { _ = DockerSources($0) }),
            ("Kubernetes audit", [KubernetesAudit.logSource]),
            ("JSON by its keys", made { _ = LogSourceHints($0) }),
            ("JSON with Image and CommandLine", OtherSources.processes),
        ]
    }
}

extension JSONRecordReader {
    /// What the record just flattened is: the first shape that recognises it.
    func shape(in batch: EventBatch) -> JSONShape {
        if isKubernetesAudit(in: batch) { return .kubernetes }
        if isKubernetesList(in: batch) { return .kubernetesList }
        if isLogEvents { return .logEvents }
        if isWindowsEvent { return .windows }
        if isContainerEvent(in: batch) { return .containerEvent }
        if isContainerInspect { return .containerInspect }
        if isFalco { return .falco }
        if isTetragon { return .tetragon }
        if isKunai(in: batch) { return .kunai }
        if isWrapper(in: batch) { return .wrapper }
        return plainShape
    }

    /// What a record is that wraps nothing.
    var plainShape: JSONShape {
        if isECS { return isAuditbeat ? .auditbeat : .ecs }
        return isJournal ? .journal : .other
    }

    /// Whether a shape is read from more than the slots of the record just flattened.
    func needsTape(_ shape: JSONShape) -> Bool {
        switch shape {
        case .windows, .falco, .tetragon, .kunai, .ecs, .other: false
        case .journal: journalNeedsTape
        case .kubernetes, .kubernetesList, .logEvents, .containerEvent, .containerInspect, .wrapper, .auditbeat: true
        }
    }

    /// Makes the events of a record that stands in a tape.
    mutating func read(
        _ shape: JSONShape, _ object: JSONObject, _ record: JSONRecord, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        switch shape {
        case .kubernetes: readKubernetesAudit(object, record, into: &batch, report: &report)
        case .kubernetesList: readKubernetesList(object, record, into: &batch, report: &report)
        case .logEvents: readLogEvents(object, record, into: &batch, report: &report)
        case .containerEvent: readContainerEvent(object, record, into: &batch, report: &report)
        case .containerInspect: readContainerInspect(object, record, into: &batch, report: &report)
        case .wrapper: readWrapper(object, record, into: &batch, report: &report)
        case .auditbeat: readAuditbeat(object, record, into: &batch, report: &report)
        case .journal: readJournal(object, record, into: &batch, report: &report)
        case .windows, .falco, .tetragon, .kunai, .ecs, .other:
            read(shape, record, into: &batch, report: &report)
        }
    }

    /// Makes the event of a record that is read from its slots alone.
    mutating func read(
        _ shape: JSONShape, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        switch shape {
        case .windows: readWindows(record, into: &batch, report: &report)
        case .falco: readFalco(record, into: &batch, report: &report)
        case .tetragon: readTetragon(record, into: &batch, report: &report)
        case .kunai: readKunai(record, into: &batch, report: &report)
        case .ecs: readECS(record, into: &batch, report: &report)
        case .journal: readJournal(nil, record, into: &batch, report: &report)
        case .kubernetes, .kubernetesList, .logEvents, .containerEvent, .containerInspect, .wrapper, .auditbeat,
            .other:
            readOther(record, into: &batch, report: &report)
        }
    }
}

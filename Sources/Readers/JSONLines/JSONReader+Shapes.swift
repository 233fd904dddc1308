// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The shapes of records that are recognised.
///
/// Each is known by its keys, and the tests exclude one another or run in this order.
enum JSONShape {
    /// A Kubernetes audit event, bare or below the member `event` of a labelled record.
    case kubernetes
    /// A list of Kubernetes audit events.
    case kubernetesList
    /// CloudWatch's `logEvents`, each with a record as text.
    case logEvents
    /// A Windows event with `Event.System`, or flat with an event id and a channel or provider.
    case windows
    /// A Docker engine event.
    case dockerEvent
    /// A Podman event.
    case podmanEvent
    /// A container's description (`docker inspect`).
    case dockerContainer
    /// An image's description (`docker image inspect`).
    case dockerImage
    /// A Falco alert.
    case falco
    /// A Tetragon event.
    case tetragon
    /// A Kunai event.
    case kunai
    /// A record with a text that may be a record itself.
    case wrapper
    /// Elastic Common Schema, which Winlogbeat, Auditbeat and Elastic's endpoint write.
    case ecs
    /// A journal entry or syslog message that wraps nothing known.
    case journal
    /// Anything else.
    case other
}

extension JSONReader {
    /// Makes the events of one object.
    mutating func readObject(
        _ tape: JSONTape, _ index: Int, _ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport
    ) {
        let first = batch.slots.count
        let wrapper = expectsWrapper ? certainAuditWrapper(tape, index, in: batch.bytes) : nil
        flattener.reset()
        flattener.flatten(tape, from: index, splice: wrapper ?? -1, into: &batch)
        shapeRead = shape(in: batch)
        if context.nesting == 0 { expectsTape = needsTape }
        switch shapeRead {
        case .kubernetes:
            readAudit(tape, index, from: first, wrapper, context, into: &batch, report: &report)
        case .kubernetesList:
            batch.slots.removeSubrange(first...)
            for item in tape.elements(of: tape.member("items", of: index, in: batch.bytes)) {
                readObject(tape, item.value, context.of(item.value, tape, &batch), into: &batch, report: &report)
            }
        case .logEvents:
            batch.slots.removeSubrange(first...)
            readLogEvents(tape, index, context, into: &batch, report: &report)
        case .windows:
            readWindows(from: first, context, into: &batch, report: &report)
        case .falco: readSensor(.falco, from: first, context, into: &batch, report: &report)
        case .tetragon: readSensor(.tetragon, from: first, context, into: &batch, report: &report)
        case .kunai: readSensor(.kunai, from: first, context, into: &batch, report: &report)
        case .ecs:
            readECS((tape, index), from: first, context, into: &batch, report: &report)
        case .dockerEvent, .podmanEvent:
            DockerEvent(tape: tape, event: index).derive(into: &batch)
            commit(
                sources.dockerEvents, times: JSONTime.docker, slotsFrom: first, context, into: &batch, report: &report)
        case .dockerContainer, .dockerImage:
            readInspect(tape, index, from: first, context, into: &batch, report: &report)
        case .wrapper:
            readWrapper(tape, index, from: first, context, into: &batch, report: &report)
        case .journal:
            readJournal((tape, index), from: first, context, into: &batch, report: &report)
        case .other:
            readOther(from: first, context, into: &batch, report: &report)
        }
    }

    /// Makes the event of a record straight from its text; false, with nothing done, where that needs the tape.
    mutating func readText(_ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport) -> Bool {
        let first = batch.slots.count
        let end = batch.bytes.count
        flattener.reset()
        guard flattener.flatten(text: context.document, parsers[context.nesting], into: &batch) else { return false }
        shapeRead = shape(in: batch)
        expectsTape = needsTape
        if expectsTape {
            batch.slots.removeSubrange(first...)
            batch.bytes.removeSubrange(end...)
            return false
        }
        switch shapeRead {
        case .windows: readWindows(from: first, context, into: &batch, report: &report)
        case .falco: readSensor(.falco, from: first, context, into: &batch, report: &report)
        case .tetragon: readSensor(.tetragon, from: first, context, into: &batch, report: &report)
        case .kunai: readSensor(.kunai, from: first, context, into: &batch, report: &report)
        case .ecs: readECS(nil, from: first, context, into: &batch, report: &report)
        case .journal: readJournal(nil, from: first, context, into: &batch, report: &report)
        default: readOther(from: first, context, into: &batch, report: &report)
        }
        return true
    }

    /// Whether the shape of the record just flattened is read from more than its slots.
    private var needsTape: Bool {
        switch shapeRead {
        case .windows, .falco, .tetragon, .kunai, .other: false
        case .ecs: isAuditbeat
        case .journal: flattener.has(.journalMessage)
        case .kubernetes, .kubernetesList, .logEvents, .dockerEvent, .podmanEvent, .dockerContainer, .dockerImage,
            .wrapper:
            true
        }
    }

    /// What the record just flattened is.
    private func shape(in batch: EventBatch) -> JSONShape {
        let fields = flattener.known
        if isAudit(in: batch) { return .kubernetes }
        if fields.has(.items), isText(.kind, ["EventList", "List"], in: batch) { return .kubernetesList }
        if fields.has(.logEvents) { return .logEvents }
        if !fields.has(.winlog) {
            if fields.has(.eventSystem) { return .windows }
            if fields.has(.eventID), fields.has(.channel) || fields.has(.provider) || fields.has(.processGuid) {
                return .windows
            }
        }
        if fields.has(.dockerType), fields.has(.dockerAction), fields.has(.dockerActor) { return .dockerEvent }
        if fields.has(.oldStatus), fields.has(.oldID), fields.has(.oldFrom), fields.has(.time) { return .dockerEvent }
        if fields.has(.dockerType), fields.has(.podmanStatus), fields.has(.podmanID) || fields.has(.podmanName),
            isText(.dockerType, ["container", "pod", "image", "volume", "system", "network", "secret"], in: batch)
        {
            return .podmanEvent
        }
        if fields.has(.inspectID), fields.has(.inspectConfig), fields.has(.inspectHostConfig) {
            return .dockerContainer
        }
        if fields.has(.inspectID), fields.has(.repoTags), fields.has(.rootFS) { return .dockerImage }
        if fields.has(.falcoFields), fields.has(.falcoRule), fields.has(.falcoPriority) { return .falco }
        if fields.has(.tetragonExec) || fields.has(.tetragonExit) || fields.has(.tetragonOther) { return .tetragon }
        if isText(.kunaiSource, ["kunai"], in: batch) { return .kunai }
        if fields.has(.kunaiEvent), fields.has(.kunaiTask), fields.has(.kunaiTime) { return .kunai }
        if !fields.has(.winlog), wrappedText(in: batch) != nil { return .wrapper }
        return plainShape
    }

    /// What a record is that wraps nothing.
    var plainShape: JSONShape {
        let fields = flattener.known
        if fields.has(.ecsVersion) || fields.has(.winlog) { return .ecs }
        if fields.has(.eventCategory), fields.has(.eventKind) || fields.has(.eventAction) || fields.has(.ecsEventType) {
            return .ecs
        }
        if fields.has(.ecsProcess), fields.has(.atTimestamp) || fields.has(.osType) { return .ecs }
        if fields.has(.journalCursor) || fields.has(.syslogMessage) { return .journal }
        if fields.has(.journalMessage), fields.has(.syslogIdentifier) || fields.has(.journalHost) { return .journal }
        return .other
    }

    /// A Kubernetes audit event has kind Event and says what was asked; without the kind, which collectors drop, the
    /// request and its target tell it.
    ///
    /// Core events (`involvedObject`) are something else.
    private func isAudit(in batch: EventBatch) -> Bool {
        let fields = flattener.known
        if fields.has(.involvedObject) { return false }
        let asked = fields.has(.verb) || fields.has(.objectRef) || fields.has(.requestURI) || fields.has(.auditID)
        if asked, isText(.kind, ["Event"], in: batch) { return true }
        if fields.has(.verb), fields.has(.objectRef) || fields.has(.requestURI),
            fields.has(.auditID) || fields.has(.stage) || !fields.has(.kind)
        {
            return true
        }
        guard fields.has(.event) else { return false }
        let askedBelow =
            fields.has(.wrappedVerb) || fields.has(.wrappedObjectRef) || fields.has(.wrappedRequestURI)
            || fields.has(.wrappedAuditID)
        if askedBelow, isText(.eventKind, ["Event"], in: batch) { return true }
        return fields.has(.wrappedVerb) && (fields.has(.wrappedObjectRef) || fields.has(.wrappedRequestURI))
    }

    /// Whether a known field is one of a few texts.
    func isText(_ field: KnownField, _ texts: [StaticString], in batch: EventBatch) -> Bool {
        guard let slot = flattener.text(field, in: batch) else { return false }
        let bytes = batch.bytes.span.extracting(slot.range)
        for text in texts where equalBytes(bytes, text) { return true }
        return false
    }

    /// A record of no shape: its source is the one given, or what its keys give away, or nothing.
    mutating func readOther(
        from first: Int, _ context: JSONContext, into batch: inout EventBatch, report: inout ReadReport
    ) {
        var source = sources.unknown
        if let given = sources.given {
            source = given
        } else if let hinted = hints.source(flattener.hints) {
            source = hinted
        } else if flattener.has(.image), flattener.has(.commandLine) {
            source = looksWindows(.image, in: batch) ? sources.windowsProcess : sources.process
        } else {
            report.add(
                .unrecognised, path: batch.path, position: context.position,
                "nothing tells which log source the record belongs to; name it with --log-source")
        }
        commit(source, times: JSONTime.other, slotsFrom: first, context, into: &batch, report: &report)
    }

    /// Whether a path starts with a drive letter.
    private func looksWindows(_ field: KnownField, in batch: EventBatch) -> Bool {
        guard let slot = flattener.text(field, in: batch), slot.length > 2 else { return false }
        let bytes = batch.bytes.span.extracting(slot.range)
        return bytes[1] == UInt8(ascii: ":") && bytes[2] == UInt8(ascii: "\\")
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONRecordReader {
    /// A Kubernetes audit event has kind Event and says what was asked; without the kind, which collectors drop, the
    /// request and its target tell it.
    ///
    /// Core events (`involvedObject`) are something else.
    func isKubernetesAudit(in batch: EventBatch) -> Bool {
        let fields = flattener.known
        if fields.has(.kubernetes(.involvedObject)) { return false }
        let asked =
            fields.has(.kubernetes(.verb)) || fields.has(.kubernetes(.objectRef))
            || fields.has(.kubernetes(.requestURI)) || fields.has(.kubernetes(.auditID))
        if asked, isText(.kubernetes(.kind), ["Event"], in: batch) { return true }
        if fields.has(.kubernetes(.verb)), fields.has(.kubernetes(.objectRef)) || fields.has(.kubernetes(.requestURI)),
            fields.has(.kubernetes(.auditID)) || fields.has(.kubernetes(.stage)) || !fields.has(.kubernetes(.kind))
        {
            return true
        }
        guard fields.has(.kubernetes(.event)) else { return false }
        let askedBelow =
            fields.has(.kubernetes(.wrappedVerb)) || fields.has(.kubernetes(.wrappedObjectRef))
            || fields.has(.kubernetes(.wrappedRequestURI))
            || fields.has(.kubernetes(.wrappedAuditID))
        if askedBelow, isText(.shared(.eventKind), ["Event"], in: batch) { return true }
        return fields.has(.kubernetes(.wrappedVerb))
            && (fields.has(.kubernetes(.wrappedObjectRef)) || fields.has(.kubernetes(.wrappedRequestURI)))
    }

    /// Whether the record is a list of audit events.
    func isKubernetesList(in batch: EventBatch) -> Bool {
        flattener.has(.kubernetes(.items)) && isText(.kubernetes(.kind), ["EventList", "List"], in: batch)
    }

    /// Makes the events of a list's items.
    mutating func readKubernetesList(
        _ object: JSONObject, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        batch.slots.removeSubrange(record.first...)
        let tape = object.tape
        for item in tape.elements(of: tape.member("items", of: object.index, in: batch.bytes)) {
            readObject(
                tape, item.value, record.context.of(item.value, tape, &batch), into: &batch, report: &report)
        }
    }

    /// Makes an event of a Kubernetes audit event.
    ///
    /// Secrets reach neither fields nor evidence.
    mutating func readKubernetesAudit(
        _ object: JSONObject, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        let (tape, index, wrapper) = (object.tape, object.index, object.wrapper)
        let inner = wrapper ?? auditWrapper(tape, index, in: batch.bytes)
        expectsWrapper = inner != nil
        let event = inner ?? index
        let secrets = KubernetesSecrets(tape: tape, event: event).find(in: batch.bytes)
        if wrapper != inner || !secrets.isEmpty {
            batch.slots.removeSubrange(record.first...)
            flattener.reset()
            flattener.flatten(tape, from: index, splice: inner ?? -1, masking: secrets, into: &batch)
        }
        KubernetesAudit(tape: tape, event: event).derive(into: &batch)
        var safe = record
        if !secrets.isEmpty {
            holdsBackSecrets = true
            safe.context.evidence = JSONText.append(tape, index, masked: secrets, into: &batch.bytes)
        }
        commit(shapes.kubernetes, times: JSONTime.kubernetes, safe, into: &batch, report: &report)
    }

    /// The wrapped audit event of a record that is one beyond doubt, whatever else it holds: it may be flattened as such
    /// at once, and the outcome is the same as finding out first.
    func certainAuditWrapper(_ tape: JSONTape, _ index: Int, in bytes: [UInt8]) -> Int? {
        guard let place = auditWrapper(tape, index, in: bytes), tape.member("verb", of: place, in: bytes) != nil,
            tape.member("objectRef", of: place, in: bytes) != nil
                || tape.member("requestURI", of: place, in: bytes) != nil,
            tape.member("involvedObject", of: index, in: bytes) == nil
        else { return nil }
        return place
    }

    /// The audit event below `event`, or below `kubernetes.audit` where Elastic's agent puts it, if that is where it is.
    func auditWrapper(_ tape: JSONTape, _ index: Int, in bytes: [UInt8]) -> Int? {
        for place in [
            tape.member("event", of: index, in: bytes), tape.value("kubernetes", "audit", of: index, in: bytes),
        ] {
            guard let place, tape.tag(place) == JSONTape.Tag.object else { continue }
            let kind = tape.member("kind", of: place, in: bytes)
            if kind.map({ tape.isString($0, "Event", in: bytes) }) ?? false { return place }
            if tape.member("verb", of: place, in: bytes) != nil { return place }
        }
        return nil
    }
}

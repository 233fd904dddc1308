// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONReader {
    /// Makes an event of a Kubernetes audit event, whose slots start at `first`.
    ///
    /// `wrapper` is where it lies when it was looked for below `event`. Secrets reach neither fields nor evidence.
    mutating func readAudit(
        _ tape: JSONTape, _ index: Int, from first: Int, _ wrapper: Int?, _ context: JSONContext,
        into batch: inout EventBatch, report: inout ReadReport
    ) {
        let inner = wrapper ?? auditWrapper(tape, index, in: batch.bytes)
        expectsWrapper = inner != nil
        let event = inner ?? index
        let secrets = KubernetesSecrets(tape: tape, event: event).find(in: batch.bytes)
        if wrapper != inner || !secrets.isEmpty {
            batch.slots.removeSubrange(first...)
            flattener.reset()
            flattener.flatten(tape, from: index, splice: inner ?? -1, masking: secrets, into: &batch)
        }
        KubernetesAudit(tape: tape, event: event).derive(into: &batch)
        var safe = context
        if !secrets.isEmpty {
            holdsBackSecrets = true
            safe.evidence = JSONText.append(tape, index, masked: secrets, into: &batch.bytes)
        }
        commit(sources.kubernetes, times: JSONTime.kubernetes, slotsFrom: first, safe, into: &batch, report: &report)
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

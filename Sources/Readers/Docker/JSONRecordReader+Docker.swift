// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The log sources of Docker and Podman.
struct DockerSources {
    let events: LogSourceID
    let inspect: LogSourceID
    let image: LogSourceID

    init(_ vocabulary: Vocabulary) {
        events = vocabulary.source(LogSource(product: "docker", service: "events"))
        inspect = vocabulary.source(LogSource(product: "docker", service: "inspect"))
        image = vocabulary.source(LogSource(product: "docker", category: "image", service: "inspect"))
    }
}

extension JSONRecordReader {
    /// Whether the record is an event of Docker's engine, in its present or its old form, or of Podman's.
    func isContainerEvent(in batch: EventBatch) -> Bool {
        let fields = flattener.known
        if fields.has(.docker(.type)), fields.has(.docker(.action)), fields.has(.docker(.actor)) { return true }
        if fields.has(.docker(.oldStatus)), fields.has(.docker(.oldID)), fields.has(.docker(.oldFrom)),
            fields.has(.shared(.time))
        {
            return true
        }
        return fields.has(.docker(.type)) && fields.has(.docker(.podmanStatus))
            && (fields.has(.docker(.podmanID)) || fields.has(.docker(.podmanName)))
            && isText(
                .docker(.type), ["container", "pod", "image", "volume", "system", "network", "secret"], in: batch)
    }

    /// Whether the record describes a container or an image.
    var isContainerInspect: Bool {
        let fields = flattener.known
        guard fields.has(.docker(.inspectID)) else { return false }
        return (fields.has(.docker(.inspectConfig)) && fields.has(.docker(.inspectHostConfig)))
            || (fields.has(.docker(.repoTags)) && fields.has(.docker(.rootFS)))
    }

    /// Makes an event of an engine's event.
    mutating func readContainerEvent(
        _ object: JSONObject, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        DockerEvent(tape: object.tape, event: object.index).derive(into: &batch)
        commit(shapes.docker.events, times: JSONTime.docker, record, into: &batch, report: &report)
    }

    /// Makes an event of a container's or image's description.
    ///
    /// Its evidence is a copy without the values of the environment.
    mutating func readContainerInspect(
        _ object: JSONObject, _ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport
    ) {
        let isContainer = flattener.has(.docker(.inspectHostConfig))
        let description = DockerInspect(tape: object.tape, document: object.index)
        if isContainer {
            description.deriveContainer(into: &batch)
        } else {
            description.deriveImage(into: &batch)
        }
        var safe = record
        let (copy, masked) = EnvironmentMask.append(record.context.document, of: &batch.bytes)
        safe.context.evidence = copy
        if masked < flattener.masked {
            // A spelling the mask does not see through: better no evidence than a leaked secret.
            safe.context.evidence = copy.lowerBound..<copy.lowerBound
            report.add(
                .partial, path: batch.path, position: record.context.position,
                "the record's text is left out because its environment could not be masked")
        }
        commit(
            isContainer ? shapes.docker.inspect : shapes.docker.image, times: JSONTime.inspect, safe, into: &batch,
            report: &report)
    }
}

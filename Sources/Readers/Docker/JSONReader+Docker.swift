// SPDX-License-Identifier: Apache-2.0
import Events

extension JSONReader {
    /// Makes an event of a container's or image's description.
    ///
    /// Its evidence is a copy without the values of the environment.
    mutating func readInspect(
        _ tape: JSONTape, _ index: Int, from first: Int, _ context: JSONContext, into batch: inout EventBatch,
        report: inout ReadReport
    ) {
        let isContainer = flattener.has(.inspectHostConfig)
        let description = DockerInspect(tape: tape, document: index)
        if isContainer {
            description.deriveContainer(into: &batch)
        } else {
            description.deriveImage(into: &batch)
        }
        var safe = context
        let (copy, masked) = EnvironmentMask.append(context.document, of: &batch.bytes)
        safe.evidence = copy
        if masked < flattener.masked {
            // A spelling the mask does not see through: better no evidence than a leaked secret.
            safe.evidence = copy.lowerBound..<copy.lowerBound
            report.add(
                .partial, path: batch.path, position: context.position,
                "the record's text is left out because its environment could not be masked")
        }
        commit(
            isContainer ? sources.dockerInspect : sources.dockerImage, times: JSONTime.inspect, slotsFrom: first, safe,
            into: &batch, report: &report)
    }
}

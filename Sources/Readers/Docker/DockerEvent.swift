// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Fields of a Docker engine event (Docker Engine API, "Monitor events", its old form with `status`, `id` and `from`
/// included) or a Podman event (`podman events --format json`).
///
/// The native fields are there already.
struct DockerEvent {
    let tape: JSONTape
    let event: Int

    /// Attributes the engine sets itself; the others are labels.
    private static let reserved: [StaticString] = [
        "image", "name", "exitCode", "execDuration", "signal", "execID", "oldName", "comment", "imageID", "imageRef",
        "imageTag", "container", "destination", "driver", "propagation", "read/write", "type", "containerExitCode",
    ]

    /// Adds the derived fields.
    func derive(into batch: inout EventBatch) {
        let podman = member("Action", batch) == nil && member("Actor", batch) == nil && member("Status", batch) != nil
        batch.append(.containerRuntime, text: podman ? "podman" : "docker")
        let type = member("Type", batch)
        tape.appendText(.eventCategory, type, into: &batch)
        if type == nil { batch.append(.eventCategory, text: "container") }
        action(member("Action", batch) ?? member("status", batch) ?? member("Status", batch), &batch)
        let attributes =
            tape.value("Actor", "Attributes", of: event, in: batch.bytes) ?? member("Attributes", batch)
        let id =
            tape.value("Actor", "ID", of: event, in: batch.bytes) ?? member("id", batch) ?? member("ID", batch)
        switch kind(type, batch) {
        case .container:
            tape.appendText(.containerId, id, into: &batch)
            tape.appendText(.containerName, attribute("name", attributes, batch) ?? member("Name", batch), into: &batch)
            image(attribute("image", attributes, batch) ?? member("from", batch) ?? member("Image", batch), &batch)
            tape.appendPairs(.containerLabels, attributes, into: &batch, except: Self.reserved)
        case .image:
            let name = attribute("name", attributes, batch) ?? member("Name", batch)
            if let id, tape.tag(id) == JSONTape.Tag.string {
                let range = tape.string(id, in: batch.bytes)
                ImageReference.append(range, into: &batch)
                // An id alone does not name the image; its name stands in the attributes.
                if batch.starts(range, with: "sha256:") { image(name, &batch) }
            } else {
                image(name, &batch)
            }
            tape.appendPairs(.containerLabels, attributes, into: &batch, except: Self.reserved)
        case .other:
            // Networks and volumes tell which container they were given to.
            tape.appendText(.containerId, attribute("container", attributes, batch), into: &batch)
            tape.appendText(
                .containerMountDestination, attribute("destination", attributes, batch), into: &batch)
        }
        exitCode(attribute("exitCode", attributes, batch) ?? member("ContainerExitCode", batch), &batch)
    }

    private enum Kind { case container, image, other }

    private func kind(_ type: Int?, _ batch: EventBatch) -> Kind {
        guard let type else { return .container }
        if tape.isString(type, "container", in: batch.bytes) { return .container }
        return tape.isString(type, "image", in: batch.bytes) ? .image : .other
    }

    /// `exec_create: /bin/sh -c id` is an action and a command line; `health_status: healthy` an action and its result.
    private func action(_ index: Int?, _ batch: inout EventBatch) {
        guard let index, tape.tag(index) == JSONTape.Tag.string else { return }
        let range = tape.string(index, in: batch.bytes)
        guard let colon = batch.position(of: UInt8(ascii: ":"), in: range) else {
            batch.append(.eventAction, range)
            return
        }
        batch.append(.eventAction, range.lowerBound..<colon)
        guard batch.starts(range, with: "exec_") else { return }
        var start = colon + 1
        while start < range.upperBound, batch.bytes[start] == UInt8(ascii: " ") { start += 1 }
        batch.append(.commandLine, start..<range.upperBound)
    }

    private func image(_ index: Int?, _ batch: inout EventBatch) {
        guard let index, tape.tag(index) == JSONTape.Tag.string else { return }
        ImageReference.append(tape.string(index, in: batch.bytes), into: &batch)
    }

    private func exitCode(_ index: Int?, _ batch: inout EventBatch) {
        guard let index else { return }
        let (range, kind) = JSONFlattener.value(tape, index, into: &batch)
        guard kind == .string || kind == .integer, let code = batch.wholeNumber(range) else { return }
        batch.append(.processExitCode, integer: code)
    }

    private func member(_ name: StaticString, _ batch: EventBatch) -> Int? {
        tape.member(name, of: event, in: batch.bytes)
    }

    private func attribute(_ name: StaticString, _ attributes: Int?, _ batch: EventBatch) -> Int? {
        tape.member(name, of: attributes, in: batch.bytes)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Fields of a container's or image's description (Docker Engine API, "Inspect a container" and "Inspect an image";
/// podman-container-inspect(1)).
struct DockerInspect {
    let tape: JSONTape
    let document: Int

    /// Adds the derived fields of a container.
    func deriveContainer(into batch: inout EventBatch) {
        let config = member("Config", of: document, batch)
        let host = member("HostConfig", of: document, batch)
        // Podman's description has Docker's form and names its low-level runtime besides.
        let isPodman = member("OCIRuntime", of: document, batch) != nil
        batch.append(.containerRuntime, text: isPodman ? "podman" : "docker")
        tape.appendText(.containerId, member("Id", of: document, batch), into: &batch)
        name(member("Name", of: document, batch), &batch)
        if let image = member("Image", of: config, batch), tape.tag(image) == JSONTape.Tag.string {
            ImageReference.append(tape.string(image, in: batch.bytes), into: &batch)
        }
        tape.appendText(.containerImageHash, member("Image", of: document, batch), into: &batch)
        tape.append(.containerPrivileged, member("Privileged", of: host, batch), into: &batch)
        mounts(host, &batch)
        for (field, key) in Self.modes { tape.appendText(field, member(key, of: host, batch), into: &batch) }
        tape.appendCapabilities(.containerCapabilitiesAdded, member("CapAdd", of: host, batch), into: &batch)
        tape.appendCapabilities(.containerCapabilitiesDropped, member("CapDrop", of: host, batch), into: &batch)
        tape.appendEach(.containerSecurityOptions, member("SecurityOpt", of: host, batch), into: &batch)
        for device in tape.elements(of: member("Devices", of: host, batch)) {
            tape.appendText(.containerDevice, member("PathOnHost", of: device.value, batch), into: &batch)
        }
        tape.appendText(
            .containerRestartPolicy, tape.value("RestartPolicy", "Name", of: host, in: batch.bytes), into: &batch)
        tape.append(.containerAutoRemove, member("AutoRemove", of: host, batch), into: &batch)
        configuration(config, &batch)
    }

    /// Adds the derived fields of an image.
    func deriveImage(into batch: inout EventBatch) {
        tape.appendText(.containerImageHash, member("Id", of: document, batch), into: &batch)
        for tag in tape.elements(of: member("RepoTags", of: document, batch))
        where tape.tag(tag.value) == JSONTape.Tag.string {
            ImageReference.append(tape.string(tag.value, in: batch.bytes), into: &batch)
        }
        configuration(member("Config", of: document, batch), &batch)
    }

    private static let modes: [(FieldID, StaticString)] = [
        (.containerNetworkMode, "NetworkMode"), (.containerPidMode, "PidMode"), (.containerIpcMode, "IpcMode"),
        (.containerUtsMode, "UTSMode"), (.containerUsernsMode, "UsernsMode"),
        (.containerCgroupnsMode, "CgroupnsMode"),
    ]

    private func configuration(_ config: Int?, _ batch: inout EventBatch) {
        tape.appendText(.containerUser, member("User", of: config, batch), into: &batch)
        tape.appendJoined(.containerEntrypoint, member("Entrypoint", of: config, batch), into: &batch)
        tape.appendJoined(.containerCommand, member("Cmd", of: config, batch), into: &batch)
        tape.appendPairs(.containerLabels, member("Labels", of: config, batch), into: &batch)
        for variable in tape.elements(of: member("Env", of: config, batch))
        where tape.tag(variable.value) == JSONTape.Tag.string {
            let range = tape.string(variable.value, in: batch.bytes)
            let end = batch.position(of: UInt8(ascii: "="), in: range) ?? range.upperBound
            if end > range.lowerBound { batch.append(.containerEnvironment, range.lowerBound..<end) }
        }
    }

    /// What is mounted: what the engine reports, else what was asked for, each source once.
    private func mounts(_ host: Int?, _ batch: inout EventBatch) {
        var found = false
        for mount in tape.elements(of: member("Mounts", of: document, batch)) {
            found = true
            tape.appendText(.containerMountSource, member("Source", of: mount.value, batch), into: &batch)
            tape.appendText(.containerMountDestination, member("Destination", of: mount.value, batch), into: &batch)
        }
        if found { return }
        for bind in tape.elements(of: member("Binds", of: host, batch))
        where tape.tag(bind.value) == JSONTape.Tag.string {
            let range = tape.string(bind.value, in: batch.bytes)
            guard let colon = batch.position(of: UInt8(ascii: ":"), in: range) else { continue }
            let rest = colon + 1..<range.upperBound
            let end = batch.position(of: UInt8(ascii: ":"), in: rest) ?? range.upperBound
            batch.append(.containerMountSource, range.lowerBound..<colon)
            batch.append(.containerMountDestination, colon + 1..<end)
        }
        for mount in tape.elements(of: member("Mounts", of: host, batch)) {
            tape.appendText(.containerMountSource, member("Source", of: mount.value, batch), into: &batch)
            tape.appendText(.containerMountDestination, member("Target", of: mount.value, batch), into: &batch)
        }
    }

    /// The name without the slash the engine puts before it.
    private func name(_ index: Int?, _ batch: inout EventBatch) {
        guard let index, tape.tag(index) == JSONTape.Tag.string else { return }
        let range = tape.string(index, in: batch.bytes)
        guard let first = batch.bytes[range].first else { return }
        batch.append(.containerName, range.lowerBound + (first == UInt8(ascii: "/") ? 1 : 0)..<range.upperBound)
    }

    private func member(_ name: StaticString, of index: Int?, _ batch: EventBatch) -> Int? {
        tape.member(name, of: index, in: batch.bytes)
    }
}

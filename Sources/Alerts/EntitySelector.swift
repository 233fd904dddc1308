// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Chooses whom an event is about.
///
/// The first line that fits decides, and its parts, where the event has them, are the entity:
///
/// | events | kind | parts |
/// |---|---|---|
/// | product `kubernetes`, or with an `objectRef.resource` | kubernetes | cluster, user, namespace, resource, name |
/// | product `docker` with a container or image | container | host, container id, else name, else image |
/// | with a program that acts (`Image`, `SourceImage`, `ProcessName`, `exe`) | process | host, container, user, image |
/// | with a container | container | host, container id |
/// | with an account | user | host, user |
/// | with a client's address and no host | address | address |
/// | all others | host | host |
public struct EntitySelector: Sendable {
    /// A part of an entity: its name, and the fields it is taken from, best first.
    private struct Part {
        let name: String
        let fields: [FieldID]
    }

    /// What the log source says about its events.
    private enum Origin: UInt8 { case unknown, kubernetes, docker, other }

    private let vocabulary: Vocabulary
    private var origins: [Origin] = []

    /// A selector for the events of a vocabulary.
    public init(vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    /// The entity of an event as a number: equal for equal entities.
    ///
    /// Makes no strings, costs one pass over the event's slots for each candidate field. The hash is keyed per process,
    /// so telemetry cannot be made to collide.
    public mutating func key(of event: Int, in batch: EventBatch) -> EntityKey {
        let (kind, parts) = shape(of: event, in: batch)
        var hasher = Hasher()
        hasher.combine(kind)
        for part in parts {
            // A container's id and another's name can be the same text.
            hasher.combine(part.name)
            guard let slot = Self.slot(part, of: event, in: batch) else {
                hasher.combine(-1)
                continue
            }
            hasher.combine(Int(slot.length))
            batch.bytes.withUnsafeBytes { bytes in
                // SAFETY: a slot's range lies within its batch's bytes; subscripting a slice of them is checked.
                hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: bytes[slot.range]))
            }
        }
        return EntityKey(hasher)
    }

    /// The entity of an event.
    public mutating func entity(of event: Int, in batch: EventBatch) -> Entity {
        let (kind, parts) = shape(of: event, in: batch)
        return Entity(
            kind: kind,
            parts: parts.compactMap { part in
                Self.slot(part, of: event, in: batch).map { (part.name, batch.text($0)) }
            })
    }

    private mutating func shape(of event: Int, in batch: EventBatch) -> (Entity.Kind, [Part]) {
        let origin = origin(of: batch.events[event].source)
        func has(_ part: Part) -> Bool { Self.slot(part, of: event, in: batch) != nil }
        if origin == .kubernetes || batch.slot(.objectRefResource, of: event) != nil {
            return (.kubernetes, Self.kubernetes)
        }
        if origin == .docker {
            if has(Self.container) { return (.container, [Self.host, Self.container]) }
            if has(Self.containerName) { return (.container, [Self.host, Self.containerName]) }
            if has(Self.containerImage) { return (.container, [Self.host, Self.containerImage]) }
        }
        if has(Self.image) { return (.process, [Self.host, Self.container, Self.user, Self.image]) }
        if has(Self.container) { return (.container, [Self.host, Self.container]) }
        if has(Self.user) { return (.user, [Self.host, Self.user]) }
        if !has(Self.host), has(Self.address) { return (.address, [Self.address]) }
        return (.host, [Self.host])
    }

    private mutating func origin(of source: LogSourceID) -> Origin {
        let index = Int(source.rawValue)
        while origins.count <= index { origins.append(.unknown) }
        if origins[index] == .unknown {
            origins[index] =
                switch vocabulary.source(of: source).product {
                case "kubernetes": .kubernetes
                case "docker": .docker
                default: .other
                }
        }
        return origins[index]
    }

    private static func slot(_ part: Part, of event: Int, in batch: EventBatch) -> Slot? {
        for field in part.fields {
            if let slot = batch.slot(field, of: event), slot.length > 0 { return slot }
        }
        return nil
    }

    private static let host = Part(name: "host", fields: [.hostName, .computer, .node])
    private static let container = Part(name: "container", fields: [.containerId])
    private static let containerName = Part(name: "container", fields: [.containerName])
    private static let containerImage = Part(name: "image", fields: [.containerImageName, .containerImageHash])
    private static let image = Part(name: "image", fields: [.image, .sourceImage, .processName, .exe])
    private static let user = Part(
        name: "user",
        fields: [
            .user, .subjectUserName, .userUsername, .targetUserName, .accountName, .acct, .UID, .AUID, .uid, .auid,
        ])
    private static let address = Part(name: "address", fields: [.sourceIp, .ipAddress, .sourceIPs, .addr])
    private static let kubernetes = [
        Part(name: "cluster", fields: [.orchestratorClusterName]),
        Part(name: "user", fields: [.userUsername, .user]),
        Part(name: "namespace", fields: [.objectRefNamespace, .orchestratorNamespace]),
        Part(name: "resource", fields: [.objectRefResource, .orchestratorResourceType]),
        Part(name: "name", fields: [.objectRefName, .orchestratorResourceName]),
    ]
}

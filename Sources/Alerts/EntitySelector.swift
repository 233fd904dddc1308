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
    struct Part {
        let name: String
        let fields: [FieldID]
    }

    private let secret: Secret
    private let table = EntityPartTable(Self.parts)
    private var classes: LogSourceClasses

    /// A selector for the events of a vocabulary; `secret` is that of the folder the keys are for.
    public init(vocabulary: Vocabulary, secret: Secret = .process) {
        classes = LogSourceClasses(vocabulary)
        self.secret = secret
    }

    /// The entity of an event as a number: equal for equal entities.
    ///
    /// Makes no strings, costs one pass over the event's slots. The hash is keyed, so telemetry cannot be made to collide.
    public mutating func key(of event: Int, in batch: EventBatch) -> EntityKey {
        let secret = secret
        func combine(_ name: Int, _ slot: Slot?, _ hash: inout UInt64) {
            // A container's id and another's name can be the same text.
            hash = secret.hash(slot == nil ? ~name : name, after: hash)
            if let slot { hash = secret.hash(batch.bytes.span.extracting(slot.range), after: hash) }
        }
        let system = classes[batch.events[event].source].system
        let found = table.find(event, in: batch)
        guard let (kind, parts) = Self.shape(found, system) else {
            var hash = Entity.Kind.kubernetes.seed
            for (number, part) in Self.kubernetes.enumerated() {
                combine(number, Self.slot(part, of: event, in: batch), &hash)
            }
            return EntityKey(hash: hash)
        }
        var hash = kind.seed
        for part in 0..<Self.parts.count where parts & 1 << part != 0 {
            // By its id or by its name, a container is a container.
            combine(part == Self.containerName ? Self.container : part, found[part], &hash)
        }
        return EntityKey(hash: hash)
    }

    /// The entity of an event.
    public mutating func entity(of event: Int, in batch: EventBatch) -> Entity {
        let system = classes[batch.events[event].source].system
        let found = table.find(event, in: batch)
        guard let (kind, parts) = Self.shape(found, system) else {
            return Entity(
                kind: .kubernetes,
                parts: Self.kubernetes.compactMap { part in
                    Self.slot(part, of: event, in: batch).map { (part.name, batch.text($0)) }
                })
        }
        return Entity(
            kind: kind,
            parts: (0..<Self.parts.count).compactMap { part in
                parts & 1 << part == 0 ? nil : found[part].map { (Self.parts[part].name, batch.text($0)) }
            })
    }

    /// What the entity is and, as a set of bits, its parts; nil for Kubernetes, which has parts of its own.
    private static func shape(_ found: EntityPartTable.Found, _ system: LogSourceClass.System) -> (
        Entity.Kind, parts: Int
    )? {
        func has(_ part: Int) -> Bool { found[part] != nil }
        if system == .kubernetes || found.hasResource { return nil }
        if system == .docker {
            for part in [container, containerName, containerImage] where has(part) {
                return (.container, 1 << host | 1 << part)
            }
        }
        if has(image) { return (.process, 1 << host | 1 << container | 1 << user | 1 << image) }
        if has(container) { return (.container, 1 << host | 1 << container) }
        if has(user) { return (.user, 1 << host | 1 << user) }
        if !has(host), has(address) { return (.address, 1 << address) }
        return (.host, 1 << host)
    }

    private static func slot(_ part: Part, of event: Int, in batch: EventBatch) -> Slot? {
        for field in part.fields {
            if let slot = batch.slot(field, of: event), slot.length > 0 { return slot }
        }
        return nil
    }

    private static let (host, container, containerName, containerImage, user, image, address) = (0, 1, 2, 3, 4, 5, 6)
    /// The parts in the order in which they are shown.
    private static let parts = [
        Part(name: "host", fields: HostFields.inOrder),
        Part(name: "container", fields: [.containerId]),
        Part(name: "container", fields: [.containerName]),
        Part(name: "image", fields: [.containerImageName, .containerImageHash]),
        Part(
            name: "user",
            fields: [
                .user, .subjectUserName, .userUsername, .targetUserName, .accountName, .acct, .UID, .AUID, .uid, .auid,
            ]),
        Part(name: "image", fields: [.image, .sourceImage, .processName, .exe]),
        Part(name: "address", fields: [.sourceIp, .ipAddress, .sourceIPs, .addr]),
    ]
    private static let kubernetes = [
        Part(name: "cluster", fields: [.orchestratorClusterName]),
        Part(name: "user", fields: [.userUsername, .user]),
        Part(name: "namespace", fields: [.objectRefNamespace, .orchestratorNamespace]),
        Part(name: "resource", fields: [.objectRefResource, .orchestratorResourceType]),
        Part(name: "name", fields: [.objectRefName, .orchestratorResourceName]),
    ]
}

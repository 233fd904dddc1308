// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension Enricher {
    /// What an event says of the container it happened in.
    enum ContainerSight {
        /// Nothing.
        case unsaid
        /// It names one: where the identifier stands in the batch, and whose it is.
        case named(Range<Int>, ContainerIdentity.Runtime)
        /// It names a control group that is no container's.
        case host
    }

    /// Reads the current event's container fields.
    func containerSight(_ batch: EventBatch) -> ContainerSight {
        var sight = ContainerSight.unsaid
        let span = batch.bytes.span
        if let range = fields.range(.controlGroup, in: batch) {
            if let found = ContainerIdentity(controlGroup: span.extracting(range)) {
                let start = range.lowerBound + found.id.lowerBound
                sight = .named(start..<start + found.id.count, found.runtime)
            } else {
                sight = .host
            }
        }
        guard let range = fields.range(.containerId, in: batch) ?? fields.range(.containerAlias, in: batch) else {
            return sight
        }
        let id = span.extracting(range)
        // Some tools write `host` or `-` for processes outside of containers.
        if equalBytes(id, "host") || equalBytes(id, "-") || equalBytes(id, "<NA>") { return .host }
        if case .named(let own, let runtime) = sight, runtime != .unknown, own.count >= id.count {
            return .named(range, runtime)
        }
        // `docker://ID`, as the Kubernetes API writes it.
        for (scheme, runtime) in Self.schemes where startsWith(id, scheme) {
            return .named(range.lowerBound + scheme.utf8CodeUnitCount..<range.upperBound, runtime)
        }
        return .named(range, .unknown)
    }

    private static let schemes: [(StaticString, ContainerIdentity.Runtime)] = [
        ("docker://", .docker), ("containerd://", .containerd), ("cri-o://", .crio), ("podman://", .podman),
    ]

    /// Settles a process's container: what the event says, or else its parent's.
    mutating func settleContainer(of process: Int, parent: Int?, in batch: EventBatch) {
        switch containerSight(batch) {
        case .named(let id, let runtime):
            processes.set(.container, of: process, to: batch.bytes.span.extracting(id))
            processes[process].runtime = runtime.rawValue
            processes[process].hasOwnContainer = true
        case .host:
            let nothing: [UInt8] = []
            processes.set(.container, of: process, to: nothing.span)
            processes[process].hasOwnContainer = true
        case .unsaid:
            guard !processes[process].hasOwnContainer, processes[process][.container].length == 0, let parent else {
                return
            }
            processes.copy(.container, from: parent, to: process)
            processes[process].runtime = processes[parent].runtime
        }
    }

    func addContainer(_ process: Int, to batch: inout EventBatch) {
        add(.containerId, .containerId, .container, of: process, to: &batch)
        addRuntime(processes[process].runtime, to: &batch)
    }

    /// Adds the container an event names, when nothing is remembered of its process.
    func addContainerSeen(to batch: inout EventBatch) {
        guard case .named(let id, let runtime) = containerSight(batch) else { return }
        let bytes = Array(batch.bytes.span.extracting(id))
        if !fields.has(.containerId) { add(.containerId, bytes.span, to: &batch) }
        addRuntime(runtime.rawValue, to: &batch)
    }

    private func addRuntime(_ runtime: UInt8, to batch: inout EventBatch) {
        guard !fields.has(.containerRuntime), let runtime = ContainerIdentity.Runtime(rawValue: runtime),
            runtime != .unknown
        else { return }
        add(.containerRuntime, "\(runtime.name)", to: &batch)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONReader {
    /// Makes an event of the ECS record whose slots start at `first`: Sigma's names are added to its own.
    ///
    /// `object` is where the record stands in a tape; only Auditbeat's are read from more than their slots.
    mutating func readECS(
        _ object: (tape: JSONTape, index: Int)?, from first: Int, _ context: JSONContext,
        into batch: inout EventBatch, report: inout ReadReport
    ) {
        addSigmaNames(from: first, in: &batch)
        let isWindows = flattener.has(.winlogChannel) || flattener.has(.winlogProvider)
        let source = isWindows ? winlogSource(in: &batch) : categorisedSource(object, from: first, in: &batch)
        commit(
            source, times: isWindows ? JSONTime.windows : JSONTime.ecs, slotsFrom: first, context, into: &batch,
            report: &report)
        if isAuditbeat, let (tape, index) = object {
            addRecords(tape, index, context, into: &batch, report: &report)
        }
    }

    private func winlogSource(in batch: inout EventBatch) -> LogSourceID {
        windows.complete(
            flattener.known,
            WindowsTaxonomy.Naming(
                channel: .winlogChannel, provider: .winlogProvider,
                eventID: flattener.has(.winlogEventID) ? .winlogEventID : .eventCode,
                eventType: flattener.has(.winlogType) ? .winlogType : .eventType), in: &batch)
    }

    private mutating func categorisedSource(
        _ object: (tape: JSONTape, index: Int)?, from first: Int, in batch: inout EventBatch
    ) -> LogSourceID {
        if isAuditbeat, let (tape, index) = object, let category = auditbeatCategory(tape, index, into: &batch) {
            if category == .network { addDirection([], in: &batch) }
            return sources.ecs.source(.linux, category)
        }
        var words: ECSSources.Words = []
        for index in first..<batch.slots.count where batch.slots[index].kind == .string {
            switch flattener.traits[batch.slots[index].field].knownField {
            case .eventCategory, .ecsEventType, .eventAction:
                words.formUnion(.of(batch.bytes.span.extracting(batch.slots[index].range)))
            default: break
            }
        }
        var product = flattener.has(.winlog) ? ECSSources.Product.windows : .unknown
        for field in [KnownField.osType, .osPlatform, .osFamily] where product == .unknown {
            if let slot = flattener.text(field, in: batch) {
                product = ECSSources.product(batch.bytes.span.extracting(slot.range)) ?? .unknown
            }
        }
        if product == .unknown, isAuditbeat { product = .linux }
        if product == .unknown, isText(.agentType, ["winlogbeat"], in: batch) { product = .windows }
        let category = ECSSources.category(words, hasQuestion: flattener.has(.dnsQuestion))
        if category == .network { addDirection(words, in: &batch) }
        if product == .unknown, category == .none, let given = sources.given { return given }
        return sources.ecs.source(product, category)
    }

    /// Whether this host began a connection, by ECS's direction or the endpoint's action.
    private func addDirection(_ words: ECSSources.Words, in batch: inout EventBatch) {
        if isText(.networkDirection, ["egress", "outbound"], in: batch) || words.contains(.attempted) {
            batch.append(.initiated, text: "true", kind: .boolean)
        } else if isText(.networkDirection, ["ingress", "inbound"], in: batch) || words.contains(.accepted) {
            batch.append(.initiated, text: "false", kind: .boolean)
        }
    }

    /// Adds Sigma's name beside each ECS name that has one, unless the record has that field already.
    private mutating func addSigmaNames(from first: Int, in batch: inout EventBatch) {
        let last = batch.slots.count
        flattener.stampFields(from: first, to: last, in: batch)
        for index in first..<last {
            let slot = batch.slots[index]
            let sigma = flattener.traits[slot.field].sigma
            guard sigma != FieldTraits.none, slot.kind != .container, flattener.claim(sigma, for: slot.field) else {
                continue
            }
            if sigma == .user, flattener.text(.userDomain, in: batch) != nil,
                slot == flattener.slot(.userName, in: batch)
            {
                appendAccount(slot, in: &batch)
            } else {
                batch.append(sigma, slot.range, kind: slot.kind)
            }
        }
        if !flattener.has(.processCommandLine), !flattener.has(.commandLine) {
            joinArguments(from: first, to: last, in: &batch)
        }
    }

    /// Windows rules expect `DOMAIN\user`.
    private func appendAccount(_ name: Slot, in batch: inout EventBatch) {
        guard let domain = flattener.text(.userDomain, in: batch),
            flattener.has(.winlog) || isText(.osType, ["windows"], in: batch)
                || isText(.osFamily, ["windows"], in: batch) || isText(.osPlatform, ["windows"], in: batch)
        else {
            batch.append(.user, name.range, kind: name.kind)
            return
        }
        let start = batch.bytes.count
        batch.appendCopy(domain.range)
        batch.bytes.append(UInt8(ascii: "\\"))
        batch.appendCopy(name.range)
        batch.append(.user, start..<batch.bytes.count)
    }

    /// Makes the command line of `process.args`.
    private mutating func joinArguments(from first: Int, to last: Int, in batch: inout EventBatch) {
        guard flattener.has(.processArgs) else { return }
        let start = batch.bytes.count
        var any = false
        for index in first..<last where batch.slots[index].kind == .string {
            guard flattener.traits[batch.slots[index].field].knownField == .processArgs else { continue }
            if any { batch.bytes.append(UInt8(ascii: " ")) }
            batch.appendCopy(batch.slots[index].range)
            any = true
        }
        if any { batch.append(.commandLine, start..<batch.bytes.count) }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension JSONRecordReader {
    /// Whether the record is in ECS.
    var isECS: Bool {
        let fields = flattener.known
        if fields.has(.ecs(.version)) || fields.has(.ecs(.winlog)) { return true }
        if fields.has(.ecs(.category)),
            fields.has(.shared(.eventKind)) || fields.has(.ecs(.action)) || fields.has(.ecs(.type))
        {
            return true
        }
        return fields.has(.ecs(.process)) && (fields.has(.shared(.atTimestamp)) || fields.has(.ecs(.osType)))
    }

    /// Makes an event of an ECS record: Sigma's names are added to its own.
    mutating func readECS(_ record: JSONRecord, into batch: inout EventBatch, report: inout ReadReport) {
        addSigmaNames(from: record.first, in: &batch)
        let isWindows = flattener.has(.ecs(.winlogChannel)) || flattener.has(.ecs(.winlogProvider))
        let source = isWindows ? winlogSource(in: &batch) : categorisedSource(from: record.first, in: &batch)
        commit(
            source, times: isWindows ? JSONTime.windows : JSONTime.ecs, record, into: &batch, report: &report)
    }

    private func winlogSource(in batch: inout EventBatch) -> LogSourceID {
        shapes.windows.complete(
            flattener.known,
            WindowsTaxonomy.Naming(
                channel: .ecs(.winlogChannel), provider: .ecs(.winlogProvider),
                eventID: flattener.has(.ecs(.winlogEventID)) ? .ecs(.winlogEventID) : .ecs(.code),
                eventType: flattener.has(.ecs(.winlogType)) ? .ecs(.winlogType) : .windows(.eventType)), in: &batch)
    }

    /// The log source that the categorisation means; `product` is for a record that names no system.
    mutating func categorisedSource(
        from first: Int, product assumed: ECSSources.Product = .unknown, in batch: inout EventBatch
    ) -> LogSourceID {
        var words: ECSSources.Words = []
        for index in first..<batch.slots.count where batch.slots[index].kind == .string {
            switch flattener.traits[batch.slots[index].field].knownField {
            case .ecs(.category), .ecs(.type), .ecs(.action):
                words.formUnion(.of(batch.bytes.span.extracting(batch.slots[index].range)))
            default: break
            }
        }
        var product = flattener.has(.ecs(.winlog)) ? ECSSources.Product.windows : .unknown
        for field in [KnownField.ecs(.osType), .ecs(.osPlatform), .ecs(.osFamily)] where product == .unknown {
            if let slot = flattener.text(field, in: batch) {
                product = ECSSources.product(batch.bytes.span.extracting(slot.range)) ?? .unknown
            }
        }
        if product == .unknown { product = assumed }
        if product == .unknown, isText(.ecs(.agentType), ["winlogbeat"], in: batch) { product = .windows }
        let category = ECSSources.category(words, hasQuestion: flattener.has(.ecs(.dnsQuestion)))
        if category == .network { addDirection(words, in: &batch) }
        if product == .unknown, category == .none, let given = shapes.other.given { return given }
        return shapes.ecs.source(product, category)
    }

    /// Whether this host began a connection, by ECS's direction or the endpoint's action.
    func addDirection(_ words: ECSSources.Words, in batch: inout EventBatch) {
        if isText(.ecs(.networkDirection), ["egress", "outbound"], in: batch) || words.contains(.attempted) {
            batch.append(.initiated, text: "true", kind: .boolean)
        } else if isText(.ecs(.networkDirection), ["ingress", "inbound"], in: batch) || words.contains(.accepted) {
            batch.append(.initiated, text: "false", kind: .boolean)
        }
    }

    /// Adds Sigma's name beside each ECS name that has one, unless the record has that field already.
    mutating func addSigmaNames(from first: Int, in batch: inout EventBatch) {
        let last = batch.slots.count
        flattener.stampFields(from: first, to: last, in: batch)
        for index in first..<last {
            let slot = batch.slots[index]
            let sigma = shapes.ecsNames[slot.field]
            guard sigma != FieldTraits.none, slot.kind != .container, flattener.claim(sigma, for: slot.field) else {
                continue
            }
            if sigma == .user, flattener.text(.ecs(.userDomain), in: batch) != nil,
                slot == flattener.slot(.ecs(.userName), in: batch)
            {
                appendAccount(slot, in: &batch)
            } else {
                batch.append(sigma, slot.range, kind: slot.kind)
            }
        }
        if !flattener.has(.ecs(.processCommandLine)), !flattener.has(.shared(.commandLine)) {
            joinArguments(from: first, to: last, in: &batch)
        }
    }

    /// Windows rules expect `DOMAIN\user`.
    private func appendAccount(_ name: Slot, in batch: inout EventBatch) {
        guard let domain = flattener.text(.ecs(.userDomain), in: batch),
            flattener.has(.ecs(.winlog)) || isText(.ecs(.osType), ["windows"], in: batch)
                || isText(.ecs(.osFamily), ["windows"], in: batch) || isText(.ecs(.osPlatform), ["windows"], in: batch)
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
        guard flattener.has(.ecs(.processArgs)) else { return }
        let start = batch.bytes.count
        var any = false
        for index in first..<last where batch.slots[index].kind == .string {
            guard flattener.traits[batch.slots[index].field].knownField == .ecs(.processArgs) else { continue }
            if any { batch.bytes.append(UInt8(ascii: " ")) }
            batch.appendCopy(batch.slots[index].range)
            any = true
        }
        if any { batch.append(.commandLine, start..<batch.bytes.count) }
    }
}

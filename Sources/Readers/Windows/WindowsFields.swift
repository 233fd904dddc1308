// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Sigma's names for what other Windows logs than Sysmon call differently (Sigma specification, appendix on the
/// taxonomy; Microsoft's pages on the Security events), and hashes taken apart.
enum WindowsFields {
    /// Adds the derived fields of the event being made.
    ///
    /// Native names stay, with one exception: a Security event's `ProcessId` in hexadecimal would contradict Sigma's,
    /// so it is moved to what it means.
    static func derive(_ eventID: Int64, from fields: KnownSlots, into batch: inout EventBatch) {
        if let hashes = fields.text(.windows(.hashes), in: batch) { splitHashes(hashes, into: &batch) }
        switch eventID {
        case 4688 where fields.has(.windows(.newProcessName)): creation(fields, &batch)
        case 4689 where fields.has(.shared(.processName)): termination(fields, &batch)
        case 5156 where fields.has(.windows(.application)): connection(fields, &batch)
        case 4657 where fields.has(.windows(.objectName)): registry(fields, &batch)
        case 1006...1019 where fields.has(.windows(.threatName)), 1115...1116 where fields.has(.windows(.threatName)):
            copy(.signature, .windows(.threatName), fields, &batch)
            if let path = fields.text(.windows(.path), in: batch) {
                batch.append(.targetFilename, path.range)
                batch.append(.filename, path.range)
            }
        default: break
        }
    }

    private static let algorithms: [(StaticString, FieldID)] = [
        ("MD5", .md5), ("SHA1", .sha1), ("SHA256", .sha256), ("IMPHASH", .imphash),
    ]

    /// `SHA1=…,MD5=…,SHA256=…,IMPHASH=…` as fields of their own.
    static func splitHashes(_ slot: Slot, into batch: inout EventBatch) {
        var start = slot.range.lowerBound
        while start < slot.range.upperBound {
            let end =
                batch.position(of: UInt8(ascii: ","), in: start..<slot.range.upperBound) ?? slot.range.upperBound
            if let equals = batch.position(of: UInt8(ascii: "="), in: start..<end) {
                for (algorithm, field) in algorithms where batch.holds(start..<equals, algorithm) {
                    batch.append(field, equals + 1..<end)
                }
            }
            start = end + 1
        }
    }

    private static func creation(_ fields: KnownSlots, _ batch: inout EventBatch) {
        copy(.image, .windows(.newProcessName), fields, &batch)
        copy(.parentImage, .windows(.parentProcessName), fields, &batch)
        copy(.user, .windows(.subjectUserName), fields, &batch)
        copy(.logonId, .windows(.subjectLogonId), fields, &batch)
        if let label = fields.text(.windows(.mandatoryLabel), in: batch) { integrity(label, &batch) }
        move(.windows(.processId), to: .parentProcessId, fields, &batch)
        number(.processId, .windows(.newProcessId), fields, &batch)
    }

    private static func termination(_ fields: KnownSlots, _ batch: inout EventBatch) {
        copy(.image, .shared(.processName), fields, &batch)
        copy(.user, .windows(.subjectUserName), fields, &batch)
        move(.windows(.processId), to: .processId, fields, &batch)
    }

    private static func connection(_ fields: KnownSlots, _ batch: inout EventBatch) {
        copy(.image, .windows(.application), fields, &batch)
        copy(.sourceIp, .windows(.sourceAddress), fields, &batch)
        copy(.destinationIp, .windows(.destAddress), fields, &batch)
        copy(.destinationPort, .windows(.destPort), fields, &batch)
        number(.processId, .windows(.capitalProcessID), fields, &batch)
        if let direction = fields.text(.windows(.direction), in: batch) {
            // Message ids of the Security log: inbound and outbound.
            if batch.holds(direction.range, "%%14593") { batch.append(.initiated, text: "true", kind: .boolean) }
            if batch.holds(direction.range, "%%14592") { batch.append(.initiated, text: "false", kind: .boolean) }
        }
        if let slot = fields.slot(.windows(.networkProtocol), in: batch) {
            // Numbers of the IANA protocol registry.
            switch batch.wholeNumber(slot.range) {
            case 6: batch.append(.protocol, text: "tcp")
            case 17: batch.append(.protocol, text: "udp")
            default: break
            }
        }
    }

    private static func registry(_ fields: KnownSlots, _ batch: inout EventBatch) {
        copy(.image, .shared(.processName), fields, &batch)
        copy(.details, .windows(.newValue), fields, &batch)
        guard let key = fields.text(.windows(.objectName), in: batch) else { return }
        let start = batch.bytes.count
        // Sysmon abbreviates the hives; the Security log gives the kernel's names.
        let roots: [(StaticString, String)] = [("\\REGISTRY\\MACHINE", "HKLM"), ("\\REGISTRY\\USER", "HKU")]
        var skipped = 0
        for (kernel, short) in roots where batch.starts(key.range, with: kernel) {
            skipped = kernel.utf8CodeUnitCount
            batch.bytes.append(contentsOf: short.utf8)
        }
        batch.appendCopy(key.range.lowerBound + skipped..<key.range.upperBound)
        if let value = fields.text(.windows(.objectValueName), in: batch) {
            batch.bytes.append(UInt8(ascii: "\\"))
            batch.appendCopy(value.range)
        }
        batch.append(.targetObject, start..<batch.bytes.count)
    }

    /// The word behind a mandatory label's security id ([MS-DTYP] 2.4.2.4).
    private static func integrity(_ slot: Slot, _ batch: inout EventBatch) {
        let labels: [(StaticString, String)] = [
            ("S-1-16-4096", "Low"), ("S-1-16-8192", "Medium"), ("S-1-16-8448", "Medium Plus"), ("S-1-16-12288", "High"),
            ("S-1-16-16384", "System"),
        ]
        for (id, word) in labels where batch.holds(slot.range, id) {
            batch.append(.integrityLevel, text: word)
        }
    }

    private static func copy(_ field: FieldID, _ known: KnownField, _ fields: KnownSlots, _ batch: inout EventBatch) {
        guard let slot = fields.slot(known, in: batch), slot.kind != .container else { return }
        batch.append(field, slot.range, kind: slot.kind)
    }

    /// Gives a slot's value, `0x1f4` or `500`, as a decimal number under another field.
    private static func number(
        _ field: FieldID, _ known: KnownField, _ fields: KnownSlots, _ batch: inout EventBatch
    ) {
        guard let slot = fields.slot(known, in: batch), let value = value(slot, batch) else { return }
        batch.append(field, integer: value)
    }

    /// Turns the slot itself into a decimal number under another field.
    private static func move(
        _ known: KnownField, to field: FieldID, _ fields: KnownSlots, _ batch: inout EventBatch
    ) {
        let index = fields.index(known)
        guard let slot = fields.slot(known, in: batch), let value = value(slot, batch) else { return }
        let start = batch.bytes.count
        appendDecimal(value, to: &batch.bytes)
        batch.slots[index] = Slot(
            field: field, offset: UInt32(start), length: UInt32(batch.bytes.count - start), kind: .integer)
    }

    private static func value(_ slot: Slot, _ batch: EventBatch) -> Int64? {
        let span = batch.bytes.span.extracting(slot.range)
        guard startsWith(span, "0x"), span.count > 2, span.count <= 17 else { return decimal(span) }
        var value: Int64 = 0
        for index in 2..<span.count {
            guard let digit = hexDigit(span[index]) else { return nil }
            value = value << 4 | Int64(digit)
        }
        return value
    }
}

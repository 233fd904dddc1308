// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension WindowsTaxonomy {
    /// Which of the known fields say what an event is; exporters name them differently.
    struct Naming {
        var channel = KnownField.windows(.channel)
        var provider = KnownField.windows(.provider)
        var eventID = KnownField.windows(.eventID)
        var eventType = KnownField.windows(.eventType)
    }

    /// The log source of the event being made, to which its derived fields are added.
    ///
    /// What every form of an event goes through, so that XML, dumped JSON and shippers' JSON agree.
    func complete(_ fields: KnownSlots, _ naming: Naming = Naming(), in batch: inout EventBatch) -> LogSourceID {
        let channel = fields.range(naming.channel, in: batch)
        var provider = fields.range(naming.provider, in: batch)
        let eventID = fields.integer(naming.eventID, in: batch) ?? -1
        if channel.isEmpty, provider.isEmpty, fields.has(.windows(.processGuid)) {
            // A process GUID is Sysmon's: an export that names neither channel nor provider is taken for it.
            let start = batch.bytes.count
            batch.bytes.append(contentsOf: "Microsoft-Windows-Sysmon".utf8)
            provider = start..<batch.bytes.count
        }
        let source = source(
            channel: batch.bytes.span.extracting(channel), provider: batch.bytes.span.extracting(provider),
            eventID: eventID, eventType: batch.bytes.span.extracting(fields.range(naming.eventType, in: batch)))
        WindowsFields.derive(eventID, from: fields, into: &batch)
        if !fields.has(.shared(.hostName)), let computer = fields.text(.shared(.computer), in: batch),
            computer.length > 0
        {
            batch.append(.hostName, computer.range)
        }
        if batch.starts(channel, with: "Linux-Sysmon") || batch.starts(provider, with: "Linux-Sysmon") {
            // Sysmon for Linux writes a dash for a parent it did not see start: that is no program of this name.
            for field in [KnownField.windows(.parentImage), .windows(.parentCommandLine), .windows(.parentUser)] {
                if let slot = fields.text(field, in: batch), batch.holds(slot.range, "-") {
                    batch.slots[fields.index(field)].kind = .null
                }
            }
        }
        return refined(
            source, operation: batch.bytes.span.extracting(fields.range(.windows(.operationType), in: batch)))
    }
}

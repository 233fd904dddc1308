// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Which Sigma log source a Windows event belongs to, by channel or provider, event id and, for Sysmon's registry
/// events, `EventType`.
///
/// Services follow SigmaHQ's own mapping of channels (`tests/thor.yml` and the rules' `definition` texts), categories
/// the Sigma specification's appendix on the taxonomy. Lookups cost a hash of the channel; nothing is allocated.
public struct WindowsTaxonomy: Sendable {
    private struct Row {
        /// As Windows writes it; most records do, too.
        var spelt: [UInt8]
        /// In lower case.
        var name: [UInt8]
        var service: Int
    }

    private struct Service {
        var name: String
        var source: LogSourceID
        var categories: [(id: Int64, source: LogSourceID)]
    }

    private let rows: [Row]
    private let table: [Int16]
    private let services: [Service]
    private let registry: [(type: StaticString, source: LogSourceID)]
    private let linuxSysmon: [(id: Int64, source: LogSourceID)]
    private let linuxSource: LogSourceID
    private let windows: LogSourceID
    private let sysmon: Int
    private let securityRegistrySet: LogSourceID
    private let securityRegistryDelete: LogSourceID

    /// Interns the log sources the tables name.
    public init(_ vocabulary: Vocabulary) {
        var rows: [Row] = []
        var services: [Service] = []
        for (service, names) in Self.channels {
            let categories = Self.categories[service] ?? []
            services.append(
                Service(
                    name: service, source: vocabulary.source(LogSource(product: "windows", service: service)),
                    categories: categories.flatMap { category, ids in
                        let source = LogSource(product: "windows", category: category, service: service)
                        return ids.map { (Int64($0), vocabulary.source(source)) }
                    }))
            for name in names {
                rows.append(Row(spelt: Array(name.utf8), name: CaseFolding.fold(name), service: services.count - 1))
            }
        }
        var table = [Int16](repeating: -1, count: 512)
        for (index, row) in rows.enumerated() {
            var spot = Self.hash(row.name.span) & 511
            while table[spot] >= 0 { spot = (spot + 1) & 511 }
            table[spot] = Int16(index)
        }
        self.rows = rows
        self.table = table
        self.services = services
        sysmon = services.firstIndex { $0.name == "sysmon" } ?? 0
        registry = Self.registryTypes.map {
            ($0.type, vocabulary.source(LogSource(product: "windows", category: $0.category, service: "sysmon")))
        }
        linuxSysmon = (Self.categories["sysmon"] ?? []).flatMap { category, ids in
            let source = LogSource(product: "linux", category: category, service: "sysmon")
            return ids.map { (Int64($0), vocabulary.source(source)) }
        }
        linuxSource = vocabulary.source(LogSource(product: "linux", service: "sysmon"))
        windows = vocabulary.source(LogSource(product: "windows"))
        securityRegistrySet = vocabulary.source(
            LogSource(product: "windows", category: "registry_set", service: "security"))
        securityRegistryDelete = vocabulary.source(
            LogSource(product: "windows", category: "registry_delete", service: "security"))
    }

    /// The log source of an event.
    ///
    /// Empty spans stand for what the event does not say. `eventType` is Sysmon's `EventType` of the registry events 12
    /// to 14.
    public func source(
        channel: Span<UInt8>, provider: Span<UInt8>, eventID: Int64, eventType: Span<UInt8>
    ) -> LogSourceID {
        if startsWith(provider, "Linux-Sysmon") || startsWith(channel, "Linux-Sysmon") {
            for entry in linuxSysmon where entry.id == eventID { return entry.source }
            return linuxSource
        }
        guard let index = service(channel) ?? service(provider) else { return windows }
        if index == sysmon, (12...14).contains(eventID) {
            for entry in registry where equalBytes(eventType, entry.type) { return entry.source }
        }
        for entry in services[index].categories where entry.id == eventID { return entry.source }
        return services[index].source
    }

    /// The source of a Security 4657 by its `OperationType`: `%%1906` is a value that was deleted (Microsoft, "4657(S):
    /// A registry value was modified"); any other source is unchanged.
    public func refined(_ source: LogSourceID, operation: Span<UInt8>) -> LogSourceID {
        source == securityRegistrySet && equalBytes(operation, "%%1906") ? securityRegistryDelete : source
    }

    /// The service of a channel or provider, ignoring ASCII case.
    private func service(_ name: Span<UInt8>) -> Int? {
        guard name.count > 0 else { return nil }
        var spot = Self.hash(name) & 511
        while table[spot] >= 0 {
            let row = rows[Int(table[spot])]
            if WideBytes.equal(row.spelt.span, name) { return row.service }
            if Self.equalIgnoringCase(row.name.span, name) { return row.service }
            spot = (spot + 1) & 511
        }
        return nil
    }

    private static func equalIgnoringCase(_ folded: Span<UInt8>, _ name: Span<UInt8>) -> Bool {
        guard folded.count == name.count else { return false }
        for index in folded.indices where folded[index] != CaseFolding.lowercased(name[index]) { return false }
        return true
    }

    /// Eight bytes at a time, each with the bit set that tells letters of one case from the other's.
    private static func hash(_ name: Span<UInt8>) -> Int {
        Int(truncatingIfNeeded: WideBytes.hash(name, setting: 0x2020_2020_2020_2020) & 0x7FFF_FFFF)
    }
}

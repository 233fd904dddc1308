// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// The log source of an ECS record, from its categorisation fields (ECS 8, "Event categorization").
struct ECSSources {
    /// What happened.
    enum Category: Int, CaseIterable {
        case none, processCreation, processTermination, network, fileEvent, fileDelete, fileRename, fileAccess
        case registrySet, registryDelete, registryEvent, imageLoad, driverLoad, dnsQuery

        var name: String? {
            switch self {
            case .none: nil
            case .processCreation: "process_creation"
            case .processTermination: "process_termination"
            case .network: "network_connection"
            case .fileEvent: "file_event"
            case .fileDelete: "file_delete"
            case .fileRename: "file_rename"
            case .fileAccess: "file_access"
            case .registrySet: "registry_set"
            case .registryDelete: "registry_delete"
            case .registryEvent: "registry_event"
            case .imageLoad: "image_load"
            case .driverLoad: "driver_load"
            case .dnsQuery: "dns_query"
            }
        }
    }

    /// Where it happened.
    enum Product: Int, CaseIterable {
        case unknown, windows, linux, macos

        var name: String? { self == .unknown ? nil : "\(self)" }
    }

    private let table: [LogSourceID]

    init(_ vocabulary: Vocabulary) {
        table = Product.allCases.flatMap { product in
            Category.allCases.map { vocabulary.source(LogSource(product: product.name, category: $0.name)) }
        }
    }

    /// The id of a combination.
    func source(_ product: Product, _ category: Category) -> LogSourceID {
        table[product.rawValue * Category.allCases.count + category.rawValue]
    }

    /// The product an operating system's type, platform or family names; several spellings are in use.
    static func product(_ name: Span<UInt8>) -> Product? {
        if equalBytes(name, "windows") { return .windows }
        for mac: StaticString in ["macos", "darwin", "osx"] where equalBytes(name, mac) { return .macos }
        let linux: [StaticString] = [
            "linux", "debian", "ubuntu", "redhat", "rhel", "centos", "fedora", "suse", "amazon", "amzn", "arch",
            "alpine",
            "ol", "rocky", "almalinux", "opensuse", "sles", "raspbian", "kali", "linuxmint",
        ]
        for entry in linux where equalBytes(name, entry) { return .linux }
        return nil
    }

    /// What the words of `event.category`, `event.type` and `event.action` say, gathered into a set.
    struct Words: OptionSet {
        let rawValue: UInt32

        static let process = Words(rawValue: 1 << 0)
        static let network = Words(rawValue: 1 << 1)
        static let file = Words(rawValue: 1 << 2)
        static let registry = Words(rawValue: 1 << 3)
        static let library = Words(rawValue: 1 << 4)
        static let driver = Words(rawValue: 1 << 5)
        static let start = Words(rawValue: 1 << 6)
        static let end = Words(rawValue: 1 << 7)
        static let creation = Words(rawValue: 1 << 8)
        static let deletion = Words(rawValue: 1 << 9)
        static let change = Words(rawValue: 1 << 10)
        static let access = Words(rawValue: 1 << 11)
        static let rename = Words(rawValue: 1 << 12)
        static let connection = Words(rawValue: 1 << 13)
        static let dns = Words(rawValue: 1 << 14)
        static let info = Words(rawValue: 1 << 15)
        static let fork = Words(rawValue: 1 << 16)
        static let execution = Words(rawValue: 1 << 17)
        static let attempted = Words(rawValue: 1 << 18)
        static let accepted = Words(rawValue: 1 << 19)

        /// Words in use, with Elastic's endpoint, Auditbeat and Winlogbeat spellings of actions.
        private static let table: [(StaticString, Words)] = [
            ("process", .process), ("network", .network), ("file", .file), ("registry", .registry),
            ("library", .library), ("driver", .driver), ("start", .start), ("end", .end), ("creation", .creation),
            ("deletion", .deletion), ("change", .change), ("access", .access), ("rename", .rename),
            ("connection", .connection), ("exec", [.start, .execution]),
            ("executed", [.start, .execution]), ("fork", .fork), ("process_started", .start),
            ("process_stopped", .end), ("connection_attempted", [.connection, .attempted]),
            ("connection_accepted", [.connection, .accepted]),
            ("connected-to", .connection), ("network_flow", .connection), ("lookup_requested", .dns),
            ("lookup_result", .dns), ("dns", .dns), ("open", .access), ("overwrite", .change),
            ("modification", .change), ("created", .creation), ("updated", .change), ("deleted", .deletion),
            ("moved", .rename), ("load", .library), ("info", .info), ("disconnect_received", .end),
        ]

        /// The bit of a word; empty for any other.
        static func of(_ word: Span<UInt8>) -> Words {
            for (text, bit) in table where equalBytes(word, text) { return bit }
            return []
        }
    }

    /// The category a set of words means; `hasQuestion` says whether a DNS question is named.
    static func category(_ words: Words, hasQuestion: Bool) -> Category {
        if words.contains(.network) {
            if hasQuestion || words.contains(.dns) { return .dnsQuery }
            if !words.isDisjoint(with: [.connection, .start]) { return .network }
            return .none
        }
        if words.contains(.library) { return words.contains(.driver) ? .driverLoad : .imageLoad }
        if words.contains(.driver) { return .driverLoad }
        if words.contains(.registry) {
            if words.contains(.deletion) { return .registryDelete }
            return words.isDisjoint(with: [.change, .creation]) ? .registryEvent : .registrySet
        }
        if words.contains(.file) {
            if words.contains(.rename) { return .fileRename }
            if words.contains(.deletion) { return .fileDelete }
            if !words.isDisjoint(with: [.creation, .change]) { return .fileEvent }
            return words.contains(.access) ? .fileAccess : .none
        }
        if words.contains(.process) {
            // A fork alone runs no program: its event repeats the parent's.
            if words.contains(.fork), !words.contains(.execution) { return .none }
            if words.contains(.start) { return .processCreation }
            if words.contains(.end) { return .processTermination }
        }
        return .none
    }
}

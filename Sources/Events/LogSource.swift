// SPDX-License-Identifier: Apache-2.0

/// Where an event comes from, in Sigma's three words (Sigma specification 2.1, "Log source").
public struct LogSource: Hashable, Sendable, CustomStringConvertible {
    /// Operating system or product: linux, windows, macos, docker, kubernetes and others.
    public var product: String?
    /// Kind of event: process_creation, network_connection, file_event and others.
    public var category: String?
    /// Log within the product: auditd, sysmon, security, audit and others.
    public var service: String?

    /// Names a log source; absent parts are unknown, not wildcards.
    public init(product: String? = nil, category: String? = nil, service: String? = nil) {
        self.product = product
        self.category = category
        self.service = service
    }

    /// `linux/process_creation/auditd`, with `-` for an absent part.
    public var description: String { "\(product ?? "-")/\(category ?? "-")/\(service ?? "-")" }
}

/// A log source as a small number; see `Vocabulary.source(_:)`.
public struct LogSourceID: Hashable, Sendable {
    /// Position of the source in its vocabulary.
    public let rawValue: UInt16

    /// Wraps a position.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
}

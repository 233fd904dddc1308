// SPDX-License-Identifier: Apache-2.0

/// What enrichment did, and where it reached a limit.
public struct EnrichmentStats: Sendable, Hashable {
    /// Events that were given new fields.
    public var enriched: UInt64 = 0
    /// Fields added, counting each value.
    public var fields: UInt64 = 0
    /// Processes remembered now.
    public var processes = 0
    /// Bytes of values remembered now.
    public var processBytes = 0
    /// Processes given up because too many, or too many bytes, were remembered.
    public var evicted: UInt64 = 0
    /// Remembered values that were cut.
    public var truncatedValues: UInt64 = 0
    /// Pids seen again for another process.
    public var reusedPids: UInt64 = 0
    /// Process creations whose parent is not known.
    public var unknownParents: UInt64 = 0
    /// Command lines that run Python.
    public var pythonCommands: UInt64 = 0
    /// Command lines whose layers were not all taken off because a limit was reached.
    public var unfinishedLayers: UInt64 = 0

    /// Nothing done yet.
    public init() {}
}

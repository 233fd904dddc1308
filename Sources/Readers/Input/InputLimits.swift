// SPDX-License-Identifier: Apache-2.0

/// Bounds of reading one input.
public struct InputLimits: Sendable {
    /// The longest record in bytes; longer ones are counted and skipped without being held.
    public var record = 16 << 20
    /// About how many bytes are read before their records are handed on.
    public var chunk = 512 << 10

    /// The usual bounds.
    public init() {}

    /// Bounds of one's own.
    public init(record: Int, chunk: Int) {
        self.record = max(1, record)
        self.chunk = max(1, chunk)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// How much enrichment may remember and unpack; every bound is counted in `EnrichmentStats` when it is reached.
public struct EnrichmentLimits: Sendable, Hashable {
    /// Processes remembered; the one used least recently is given up first.
    public var processes = 100_000
    /// Bytes of remembered values, over all processes.
    public var processBytes = 128 << 20
    /// Bytes kept of one remembered value (a command line, a path).
    public var valueBytes = 4096
    /// Ancestors given in `process.ancestors`.
    public var ancestors = 32
    /// How far events may be out of order, in nanoseconds.
    public var lateness: Int64 = 2_000_000_000
    /// How long after the last execution of a pid another one with the same parent counts as the same process, in
    /// nanoseconds.
    ///
    /// Without records of exits a pid that came round again looks the same; time is what tells them apart.
    public var execChain: Int64 = 600_000_000_000
    /// Bytes of code given in one value of `python.code`, and of all its decoded layers together.
    public var codeBytes = 256 << 10
    /// Layers of encoding taken off one inside the other.
    public var layerDepth = 8
    /// Values of `python.code`.
    public var layerCount = 32
    /// Work spent on the layers of one command line, in steps of the partial evaluator (about a token or a byte each).
    public var layerSteps = 4_000_000

    /// The default limits.
    public init() {}
}

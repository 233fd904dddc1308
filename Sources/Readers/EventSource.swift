// SPDX-License-Identifier: Apache-2.0
import Events

/// Anything events can be pulled from: a file, a pipe, and later a sensor.
public protocol EventSource {
    /// Replaces the batch's content with the next events; false when there are none left. Memory stays bounded: what
    /// cannot be read is counted in `report`, not thrown.
    mutating func next(_ batch: inout EventBatch) -> Bool
    /// What was read so far.
    var report: ReadReport { get }
}

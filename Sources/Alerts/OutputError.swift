// SPDX-License-Identifier: Apache-2.0

/// Why output could not be written.
public struct OutputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The system's error number (`errno`).
    public var number: Int32
    /// What failed, in a sentence a user can act on.
    public var description: String

    /// Describes a failure.
    public init(number: Int32, description: String) {
        self.number = number
        self.description = description
    }
}

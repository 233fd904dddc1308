// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Why a strategy cannot be used.
public struct StrategyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder, and the line where that is known.
    public var location: SourceLocation
    /// What is wrong and what to do.
    public var message: String

    /// Describes a problem at a place.
    public init(at location: SourceLocation, _ message: String) {
        self.location = location
        self.message = message
    }

    /// Describes a problem of a whole file or folder.
    public init(path: String, message: String) { self.init(at: SourceLocation(file: path), message) }

    /// `path:line: message`.
    public var description: String { "\(location): \(message)" }
}

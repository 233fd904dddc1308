// SPDX-License-Identifier: Apache-2.0

/// Why a saved state cannot be used, in a sentence for people.
public struct StateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of reason.
    public enum Code: Sendable, Hashable {
        /// The bytes end too early, or are not what was written.
        case torn
        /// Another version of the program wrote it.
        case otherVersion
        /// It belongs to other rules or strategies.
        case otherRules
        /// It could not be read or written.
        case unusable
    }

    /// What kind of reason.
    public var code: Code
    /// The sentence.
    public var description: String

    /// Gives a reason.
    public init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// The bytes end too early, or are not what was written.
    public static let torn = StateError(.torn, "the saved state is damaged")

    /// It belongs to other rules, and the sentence `what` says how one sees that.
    public static func otherRules(_ what: String) -> StateError {
        StateError(.otherRules, "\(what); use the rules the state was saved with, or begin without it")
    }
}

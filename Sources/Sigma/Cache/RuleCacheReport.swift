// SPDX-License-Identifier: Apache-2.0

/// What the cache did for a rule set, apart from its diagnostics: those do not depend on it.
public struct RuleCacheReport: Sendable, Hashable {
    /// Why the cache, or a part of it, was not used.
    public enum Problem: String, Sendable, Hashable, CaseIterable {
        /// Another program or version wrote it.
        case otherVersion
        /// It was cut short or changed.
        case damaged
        /// It belongs to another user, others may write to it, or it is no plain file.
        case unsafe
        /// It could not be read.
        case unreadable
        /// It could not be written.
        case unwritable

        fileprivate var text: String {
            switch self {
            case .otherVersion: "another version of the program wrote it"
            case .damaged: "it is damaged"
            case .unsafe: "it belongs to another user, others may write to it, or it is no plain file or folder"
            case .unreadable: "it cannot be read"
            case .unwritable: "it cannot be written"
            }
        }
    }

    /// How often each problem was met.
    public var problems: [Problem: Int] = [:]
    /// How many rule files were taken from the cache.
    public var hits = 0
    /// How many rule files were read anew.
    public var misses = 0

    /// Nothing happened.
    public init() {}

    /// The problems for people, a line each; every one of them ended in reading the rules anew.
    public var notes: [String] { notes(about: "the cache of rules") }

    /// The problems of something else that is kept in the cache's folder, a line each.
    package func notes(about what: String) -> [String] {
        Problem.allCases.compactMap { problem in
            problems[problem].map { count in
                "\(what) was left aside\(count == 1 ? "" : " \(count) times"): \(problem.text)"
            }
        }
    }

    /// Counts a problem.
    package mutating func note(_ problem: Problem) { problems[problem, default: 0] += 1 }
}

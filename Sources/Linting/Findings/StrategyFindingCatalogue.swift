// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// What each kind of finding about strategies means and how it is mended, for `--explain` and the reference pages.
public enum StrategyFindingCatalogue {
    /// The page of one kind of finding.
    public struct Entry: Sendable, Hashable {
        /// The identifier such as `section-missing`.
        public var code: String
        /// How bad a finding of this kind is.
        public var severity: Diagnostic.Severity
        /// What it means.
        public var explanation: String
        /// What to do about it.
        public var mend: String

        init(_ code: StrategyFindingCode, _ explanation: String, _ mend: String) {
            self.code = code.rawValue
            severity = code.severity
            self.explanation = explanation
            self.mend = mend
        }
    }

    /// All entries.
    public static let all: [Entry] = document + basis + noise + validation

    /// The entry of an identifier; nil when there is no such finding.
    public static func entry(for code: String) -> Entry? { all.first { $0.code == code } }
}

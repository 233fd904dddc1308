// SPDX-License-Identifier: Apache-2.0

/// What each kind of finding means and how it is mended, for `--explain` and the reference pages.
public enum SigmaDiagnosticCatalogue {
    /// The page of one kind of finding.
    public struct Entry: Sendable, Hashable {
        /// The identifier, e.g.
        ///
        /// `unknown-modifier`.
        public var code: String
        /// How bad a finding of this kind is.
        public var severity: Diagnostic.Severity
        /// What it means.
        public var explanation: String
        /// What to do about it.
        public var mend: String

        init(
            _ code: SigmaDiagnosticCode, _ severity: Diagnostic.Severity, _ explanation: String, _ mend: String
        ) {
            self.code = code.rawValue
            self.severity = severity
            self.explanation = explanation
            self.mend = mend
        }
    }

    /// All entries: files and documents, detections, references between documents, lint.
    public static let all: [Entry] = files + detections + references + lint

    /// The entry of an identifier; nil when there is no such finding.
    public static func entry(for code: String) -> Entry? { all.first { $0.code == code } }
}

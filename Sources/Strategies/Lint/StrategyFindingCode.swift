// SPDX-License-Identifier: Apache-2.0
import Sigma

/// Every kind of finding about a strategy.
///
/// The raw value is the identifier users see and pass to `--explain`; each has a page in `StrategyFindingCatalogue`.
public enum StrategyFindingCode: String, Sendable, Hashable, CaseIterable {
    // The document as a file
    /// The document is too large or nests too deep.
    case unreadableDocument = "unreadable-document"
    /// The document holds bytes that are not UTF-8.
    case invalidUTF8 = "document-not-utf8"

    // Blocks
    /// A key that this map does not have.
    case blockUnknownKey = "block-unknown-key"
    /// A list where text is expected, or the like.
    case blockWrongType = "block-wrong-type"
    /// A key that is needed is not there.
    case blockMissingKey = "block-missing-key"
    /// A value that is none of those allowed.
    case blockBadValue = "block-bad-value"
    /// An id, or a block there can be one of, stands twice.
    case blockDuplicate = "block-duplicate"
    /// A block stands in another section than the one it belongs to.
    case blockMisplaced = "block-misplaced"

    /// How bad a finding of this kind is.
    public var severity: Diagnostic.Severity {
        switch self {
        case .blockMisplaced, .invalidUTF8: .warning
        default: .error
        }
    }

    /// A finding of this kind.
    func diagnostic(_ message: String, at location: SourceLocation) -> Diagnostic {
        Diagnostic(severity, rawValue, message, at: location)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Why a document is refused: thrown by the readers, kept by the loader as an error diagnostic.
struct Refusal: Error, Sendable {
    /// What is reported.
    let diagnostic: Diagnostic

    /// Describes a refusal.
    init(_ code: SigmaDiagnosticCode, _ message: String, at location: SourceLocation) {
        diagnostic = Diagnostic(.error, code.rawValue, message, at: location)
    }
}

/// The file being read, and what was found so far that does not refuse it.
struct ReadingContext {
    /// The file as the user named it.
    let file: String
    /// Warnings and notes.
    var diagnostics: [Diagnostic] = []

    /// Where a node stands.
    func place(_ node: YAMLNode) -> SourceLocation { SourceLocation(file: file, line: node.line, column: node.column) }

    /// Where a key stands.
    func place(_ entry: YAMLEntry) -> SourceLocation {
        SourceLocation(file: file, line: entry.line, column: entry.column)
    }

    /// Keeps a warning.
    mutating func warn(_ code: SigmaDiagnosticCode, _ message: String, at location: SourceLocation) {
        diagnostics.append(Diagnostic(.warning, code.rawValue, message, at: location))
    }

    /// Keeps a note.
    mutating func note(_ code: SigmaDiagnosticCode, _ message: String, at location: SourceLocation) {
        diagnostics.append(Diagnostic(.note, code.rawValue, message, at: location))
    }
}

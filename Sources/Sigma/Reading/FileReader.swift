// SPDX-License-Identifier: Apache-2.0

/// What one rule file holds.
struct ParsedFile: Sendable, Hashable {
    /// Its documents in order.
    var documents: [ParsedDocument] = []
    /// What was found while reading them.
    var diagnostics: [Diagnostic] = []
    /// How many documents were refused.
    var refused = 0

    /// Keeps a refusal.
    mutating func refuse(_ refusal: Refusal) {
        diagnostics.append(refusal.diagnostic)
        refused += 1
    }
}

/// Reads the text of a rule file.
enum FileReader {
    /// Largest file that is read, in bytes.
    static let maximumBytes = 8 << 20

    /// The documents of a file.
    ///
    /// Never fails: what is wrong is in the result, located.
    static func read(_ text: String, file: String) -> ParsedFile {
        var result = ParsedFile()
        guard text.utf8.count <= maximumBytes else {
            result.refuse(
                Refusal(
                    .fileTooLarge, "the file is over \(maximumBytes >> 20) MiB; split it",
                    at: SourceLocation(file: file)))
            return result
        }
        var context = ReadingContext(file: file)
        var collection = LegacyCollection()
        for chunk in YAMLChunks.split(text) {
            do {
                for root in try YAMLDocuments.read(chunk, file: file) where !root.isNull {
                    do {
                        if let node = try collection.expand(root, context),
                            let document = try DocumentReader.read(node, &context)
                        {
                            result.documents.append(document)
                        }
                    } catch {
                        result.refuse(error)
                    }
                }
            } catch {
                result.refuse(error)
            }
        }
        result.diagnostics += context.diagnostics
        result.diagnostics.sort { ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column) }
        return result
    }

    /// The documents of a file given as bytes.
    static func read(bytes: [UInt8], file: String) -> ParsedFile {
        guard bytes.count <= maximumBytes else {
            var result = ParsedFile()
            result.refuse(
                Refusal(
                    .fileTooLarge, "the file is over \(maximumBytes >> 20) MiB; split it",
                    at: SourceLocation(file: file)))
            return result
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            var result = ParsedFile()
            let line = 1 + firstInvalidLine(bytes)
            result.refuse(
                Refusal(
                    .invalidUTF8, "the file is not UTF-8; save it as UTF-8",
                    at: SourceLocation(file: file, line: line)))
            return result
        }
        return read(text, file: file)
    }

    /// Lines before the first one that is not UTF-8.
    private static func firstInvalidLine(_ bytes: [UInt8]) -> Int {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
    }
}

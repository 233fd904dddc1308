// SPDX-License-Identifier: Apache-2.0

/// Reading YAML that stands inside another document, such as the blocks of a strategy, with the places of that document.
package enum LocatedYAML {
    /// What was read, and what is to be said about it.
    package struct Reading<Result: Sendable>: Sendable {
        /// The result; nil when the text was refused, or holds nothing.
        package var result: Result?
        /// Errors, warnings and notes.
        package var diagnostics: [Diagnostic]
    }

    /// The root node of a text of one YAML document, whose first line is line `firstLine` of `file`.
    package static func root(of text: String, file: String, firstLine: Int = 1) -> Reading<YAMLNode> {
        guard text.utf8.count <= FileReader.maximumBytes else {
            return refused(
                Refusal(
                    .fileTooLarge, "the text is over \(FileReader.maximumBytes >> 20) MiB; split it",
                    at: SourceLocation(file: file, line: firstLine)))
        }
        var roots: [YAMLNode] = []
        do throws(Refusal) {
            for var chunk in YAMLChunks.split(text) {
                chunk.firstLine += firstLine - 1
                roots += try YAMLDocuments.read(chunk, file: file).filter { !$0.isNull }
            }
        } catch {
            return refused(error)
        }
        if roots.count > 1 {
            return refused(
                Refusal(
                    .invalidYAML, "the text holds several YAML documents where one is expected",
                    at: SourceLocation(file: file, line: roots[1].line)))
        }
        return Reading(result: roots.first, diagnostics: [])
    }

    /// A detection: searches and a condition over them, which may be left out when there is a single search.
    package static func detection(_ node: YAMLNode, file: String) -> Reading<Detection> {
        var context = ReadingContext(file: file)
        do throws(Refusal) {
            guard let entries = node.mapping else {
                throw Refusal(
                    .missingDetection, "searches are expected: a map, not \(node.kindName)", at: context.place(node))
            }
            let searches = try DetectionReader.searches(entries, reserved: ["condition"], of: node, &context)
            let conditions =
                searches.count == 1 && node["condition"] == nil
                ? [Condition.search(searches[0].name)] : try RuleReader.conditions(of: node, over: searches, &context)
            return Reading(
                result: Detection(searches: searches, conditions: conditions), diagnostics: context.diagnostics)
        } catch {
            return Reading(result: nil, diagnostics: context.diagnostics + [error.diagnostic])
        }
    }

    /// A log source: the map of category, product and service.
    package static func logSource(_ node: YAMLNode, file: String) -> Reading<RuleLogSource> {
        var context = ReadingContext(file: file)
        let key = YAMLScalar(text: "logsource", isString: true)
        let entry = YAMLEntry(key: key, line: node.line, column: node.column, value: node)
        let document = YAMLNode(content: .mapping([entry]), line: node.line, column: node.column)
        do throws(Refusal) {
            return Reading(result: try LogSourceReader.read(document, &context), diagnostics: context.diagnostics)
        } catch {
            return Reading(result: nil, diagnostics: context.diagnostics + [error.diagnostic])
        }
    }

    /// Whether a text is a day of the calendar, `YYYY-MM-DD`.
    package static func isDate(_ text: String) -> Bool { MetadataReader.isDate(text) }

    /// Whether a text has the form of a UUID.
    package static func isUUID(_ text: String) -> Bool { MetadataReader.isUUID(text) }

    private static func refused<Result>(_ refusal: Refusal) -> Reading<Result> {
        Reading(result: nil, diagnostics: [refusal.diagnostic])
    }
}

extension RuleLoader {
    /// Reads a detection from YAML text: searches, and a condition that may be left out when there is one search.
    ///
    /// - Parameters:
    ///   - text: The YAML, a map of searches.
    ///   - file: The name it is reported by.
    ///   - firstLine: The line of the file on which the text starts.
    /// - Returns: The detection, nil when it is refused, and what is to be said about it.
    public func detection(
        text: String, file: String, firstLine: Int = 1
    ) -> (detection: Detection?, diagnostics: [Diagnostic]) {
        let root = LocatedYAML.root(of: text, file: file, firstLine: firstLine)
        guard let node = root.result else {
            let place = SourceLocation(file: file, line: firstLine)
            let empty = Diagnostic(
                .error, SigmaDiagnosticCode.missingDetection.rawValue, "there is no search here", at: place)
            return (nil, root.diagnostics.isEmpty ? [empty] : root.diagnostics)
        }
        let reading = LocatedYAML.detection(node, file: file)
        return (reading.result, root.diagnostics + reading.diagnostics)
    }
}

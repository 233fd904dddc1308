// SPDX-License-Identifier: Apache-2.0

/// A processing pipeline in pySigma's YAML format: it fits rules to a data model, mapping field names and values.
///
/// Every transformation and condition of pySigma is known. What only makes sense for query languages is not applied and
/// leaves a diagnostic: post-processing and finalizers (there is no query), and `query_expression_placeholders`,
/// `http_placeholders` and `command_placeholders`, whose placeholders stay open, so rules that use them are refused.
/// Pipelines are the user's own configuration: their regular expressions are not limited in time.
public struct Pipeline: Sendable {
    /// The name, for messages.
    public var name: String?
    /// Pipelines with lower priority are applied first.
    public var priority: Int
    /// The file it was read from.
    public var file: String
    /// Notes about parts that are not applied.
    public var diagnostics: [Diagnostic] = []

    /// Values for placeholders.
    var variables: [String: [Value]] = [:]
    /// The steps in order.
    var items: [ProcessingItem] = []

    /// Reads a pipeline.
    ///
    /// - Throws: when the YAML is broken, a transformation or condition is unknown, or a parameter is missing, unknown or
    ///   of the wrong kind; the error names it.
    public init(yaml: String, file: String) throws(PipelineError) {
        self.file = file
        priority = 0
        do {
            try PipelineReader.read(yaml, into: &self)
        } catch {
            throw PipelineError(error)
        }
    }

    /// Applies the pipeline alone to a rule.
    ///
    /// `RuleLoader` applies several, and resolves what they leave open.
    ///
    /// - Throws: when the pipeline refuses the rule or cannot be applied to it.
    public func apply(to rule: inout Rule) throws(PipelineError) {
        do {
            try PipelineChain([self]).apply(to: &rule)
        } catch {
            throw PipelineError(error)
        }
    }
}

/// Why a pipeline cannot be read or applied.
public struct PipelineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to do.
    public var message: String
    /// Where in the pipeline, or in the rule it was applied to.
    public var location: SourceLocation

    init(_ refusal: Refusal) {
        message = refusal.diagnostic.message
        location = refusal.diagnostic.location
    }

    /// Location and message.
    public var description: String { "\(location): \(message)" }
}

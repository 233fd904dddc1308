// SPDX-License-Identifier: Apache-2.0
public struct Pipeline: Sendable {}
struct PipelineChain {
    var diagnostics: [Diagnostic] = []
    var isEmpty = true
    init(_ p: [Pipeline]) {}
    func apply(to rule: inout Rule) throws(Refusal) {}
    func apply(to correlation: inout Correlation, logsources: [RuleLogSource]) throws(Refusal) {}
}

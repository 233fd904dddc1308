// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Sigma

/// Processing pipelines, read and applied to two rules.
@main struct FuzzPipeline: FuzzTarget {
    private static let rules = """
        title: One
        name: one
        logsource: {product: linux, category: process_creation}
        detection:
          image: {Image|endswith: ['/a', /b], User: root, ParentImage|contains|all: [x, y]}
          line: {CommandLine|re: 'a+b', CommandLine|expand: '%admins%', EventID: 4688}
          words: [one, two*]
          condition: image and not line or 1 of w*
        ---
        title: Two
        logsource: {product: windows, service: security}
        tags: [attack.t1059]
        detection:
          a: [{EventID: [1, 2], Hashes|contains: 'MD5=00'}, {field: null}]
          condition: a
        ---
        title: Three
        correlation: {type: event_count, rules: [one], group-by: [User], timespan: 5m, condition: {gte: 2}}
        """

    static func run(_ input: [UInt8]) {
        let text = String(decoding: input, as: UTF8.self)
        do throws(PipelineError) {
            let pipeline = try Pipeline(yaml: text, file: "pipeline.yml")
            let set = RuleLoader().load(text: rules, file: "rule.yml", pipelines: [pipeline])
            Invariants.require(
                set.rules.count + set.correlations.count + set.refused == 3, "a rule was neither loaded nor refused")
            Invariants.require(
                set.diagnostics.count { $0.severity == .error } >= set.refused, "a rule was refused without an error")
        } catch {
            Invariants.require(!error.message.isEmpty, "a refusal without a reason")
        }
    }
}

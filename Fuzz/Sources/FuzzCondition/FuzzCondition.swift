// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
import Sigma

/// Conditions: each is read or refused, and parentheses around one change nothing.
@main struct FuzzCondition: FuzzTarget {
    static func run(_ input: [UInt8]) {
        let condition = String(decoding: input, as: UTF8.self)
        let set = load(condition)
        Invariants.require(set.rules.count + set.refused == 1, "the rule was neither loaded nor refused")
        guard let rule = set.rules.first else {
            Invariants.require(set.diagnostics.contains { $0.severity == .error }, "refused without an error")
            return
        }
        let nesting = input.count { $0 == UInt8(ascii: "(") } + input.count / 3
        guard nesting < 60 else { return }
        Invariants.require(
            load("( " + condition + " )").rules.first?.detection.conditions == rule.detection.conditions,
            "parentheses change the meaning")
    }

    private static func load(_ condition: String) -> RuleSet {
        var quoted = ""
        for scalar in condition.unicodeScalars {
            // YAML's 32-bit escape spells any character (YAML 1.2.2, section 5.7).
            let digits = String(scalar.value, radix: 16)
            quoted +=
                scalar.isASCII && scalar.properties.isAlphabetic
                ? String(scalar) : "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        let text = """
            title: Condition
            logsource: {product: linux}
            detection:
              a: {f: 1}
              ab: {f: 2}
              ac: {g: 3}
              _hidden: [word]
              not: {h: 4}
              1: {i: 5}
              condition: "\(quoted)"
            """
        return RuleLoader().load(text: text, file: "rule.yml")
    }
}

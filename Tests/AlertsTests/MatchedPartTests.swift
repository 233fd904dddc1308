// SPDX-License-Identifier: Apache-2.0
import Alerts
import Detection
import Testing

@Suite struct MatchedPartTests {
    @Test(arguments: [
        ("contains: pty.spawn", "python3 -c pty.Spawn()", "python3 -c |pty.Spawn|()"),
        ("endswith: /python3", "/usr/python3/python3", "/usr/python3|/python3|"),
        ("/usr/bin/*", "/usr/bin/env", "|/usr/bin/|env"),
        ("contains|all: -c", "sh -c x", "sh |-c| x"),
        ("re: ^a.*b$", "a---b", "||a---b"),
        ("contains: Straße", "x STRASSE", "||x STRASSE"),
        ("no modifier: at all", "x No Modifier: at all", "x |No Modifier: at all|"),
        ("contains: ", "abc", "||abc"),
        ("contains: longer than the value", "abc", "||abc"),
        ("contains: ÉTÉ", "l'été", "l'|été|"),
    ])
    func `the matched part is found again`(pattern: String, value: String, expected: String) {
        let part = MatchedPart(of: value, pattern: pattern)
        #expect("\(part.before)|\(part.match)|\(part.after)" == expected)
    }

    @Test func `a long value is cut around its match`() {
        let value = String(repeating: "a", count: 9000) + "NEEDLE" + String(repeating: "b", count: 9000)
        let reason = Reason(selection: "s", field: "CommandLine", pattern: "contains: needle", value: value)
        let kept = Explanation(reason).value
        #expect(kept.contains("aNEEDLEb"))
        #expect(kept.hasPrefix("…") && kept.hasSuffix("…"))
        #expect(kept.count <= Explanation.longestValue + 2)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Testing

@Suite struct AttackMappingTests {
    @Test(
        arguments: [
            (["attack.t1059.006"], [], ["T1059.006"]),
            (["attack.T1611", "attack.t1611"], [], ["T1611"]),
            (["attack.defense_evasion", "attack.defense-evasion"], ["defense-evasion"], []),
            (["attack.stealth", "attack.defense-impairment"], ["stealth", "defense-impairment"], []),
            (["attack.Command-And-Control"], ["command-and-control"], []),
            (["attack.ta0002"], ["execution"], []),
            (
                ["attack.s0002", "attack.g0016", "attack.ds0005", "cve.2021-44228", "detection.emerging-threats"], [],
                []
            ),
            (["attack.t105", "attack.t1059.06", "attack.t1059x006", "attack.", "attack", "attack.tabcd"], [], []),
        ] as [([String], [String], [String])])
    func `tags give tactics and techniques`(tags: [String], tactics: [String], techniques: [String]) {
        let mapping = AttackMapping(tags: tags)
        #expect(mapping.tactics == tactics)
        #expect(mapping.techniques.map(\.id) == techniques)
    }

    @Test func `a sub-technique knows its technique`() {
        #expect(AttackMapping(tags: ["attack.t1059.006"]).techniques.first?.parent == "T1059")
    }
}

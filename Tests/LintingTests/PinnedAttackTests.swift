// SPDX-License-Identifier: Apache-2.0
import Linting
import Testing

@Suite struct PinnedAttackTests {
    private let attack = PinnedAttack()

    @Test(
        arguments: [
            ("T1059.006", "Python", false, nil), ("t1610", "Deploy Container", false, nil),
            ("T1086", "PowerShell", true, "T1059.001"), ("T1043", "Commonly Used Port", true, nil),
        ] as [(String, String, Bool, String?)])
    func `lint knows whether a technique stands and what took its place`(
        id: String, name: String, isRevoked: Bool, replacedBy: String?
    ) throws {
        let technique = try #require(attack.technique(id))
        #expect(technique.name == name)
        #expect(technique.isRevoked == isRevoked)
        #expect(technique.replacedBy == replacedBy)
    }

    @Test func `lint knows the elements an analytic leaves open`() throws {
        let analytic = try #require(attack.analytics(of: "T1059.006").first { $0.id == "AN0174" })
        #expect(analytic.mutableElements == ["ScriptDir", "ScheduledContext", "NetworkActivity"])
        #expect(attack.technique("T9999") == nil)
        #expect(attack.version == "18.1")
    }
}

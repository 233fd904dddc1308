// SPDX-License-Identifier: Apache-2.0
import Attack
import Testing

@Suite struct AttackReleaseTests {
    private let attack = AttackRelease.pinned

    @Test func `the shipped version is whole`() {
        #expect(attack.version == "18.1")
        #expect(attack.majorVersion == "18")
        #expect(attack.released == "2025-11-13")
        #expect(attack.tactics.count == 14)
        let techniques = attack.techniques
        #expect(techniques.count == 835)
        #expect(techniques.count { $0.status == .current } == 691)
        #expect(techniques.count { $0.status == .deprecated } == 12)
    }

    @Test func `every object is found by its id, and what it names exists`() throws {
        for technique in attack.techniques {
            #expect(attack.technique(technique.id) == technique)
            #expect(technique.tactics.allSatisfy { attack.tactic($0) != nil }, "\(technique.id)")
            if technique.isSubtechnique { #expect(attack.technique(technique.parent) != nil, "\(technique.id)") }
            switch technique.status {
            case .current: #expect(technique.detectionStrategies.count == 1, "\(technique.id)")
            case .revoked(let other): #expect(try attack.technique(#require(other)) != nil, "\(technique.id)")
            case .deprecated: break
            }
            for strategy in attack.detectionStrategies(of: technique.id) {
                let analytics = strategy.analytics.compactMap(attack.analytic)
                #expect(analytics.count == strategy.analytics.count && !analytics.isEmpty, "\(strategy.id)")
                #expect(analytics.allSatisfy { $0.detectionStrategy == strategy.id }, "\(strategy.id)")
                for source in analytics.flatMap(\.logSources) {
                    #expect(attack.dataComponent(source.dataComponent) == source.dataComponentName)
                }
            }
        }
    }

    @Test(arguments: [
        ("T1059.006", "Python", ["execution"]),
        ("t1610", "Deploy Container", ["defense-evasion", "execution"]),
        ("T1611", "Escape to Host", ["privilege-escalation"]),
        ("T1001", "Data Obfuscation", ["command-and-control"]),
        ("T1669", "Wi-Fi Networks", ["initial-access"]),
    ])
    func `a technique has its name and tactics`(id: String, name: String, tactics: [String]) throws {
        let technique = try #require(attack.technique(id))
        #expect(technique.name == name)
        #expect(technique.tactics.sorted() == tactics)
    }

    @Test(arguments: [
        "", "T", "T1", "T105", "T1059.", "T1059.0", "T1059.999", "T9999", "T0000", "\t", "\n", "é", "T1059\tC",
    ])
    func `what is no id of a technique finds none`(id: String) {
        #expect(attack.technique(id) == nil)
        #expect(attack.analytics(of: id).isEmpty)
        #expect(id == "T1059." || attack.subtechniques(of: id).isEmpty)
    }

    @Test func `sub-techniques are those of the technique alone`() {
        let found = attack.subtechniques(of: "T1059")
        #expect(found.count == 13)
        #expect(found.allSatisfy { $0.parent == "T1059" && $0.isSubtechnique })
        #expect(attack.subtechniques(of: "T1059.006").isEmpty)
    }

    @Test(
        arguments: [
            ("T1086", "T1059.001"), ("T1186", "T1055.013"), ("T1059.006", "T1059.006"), ("T9999", nil),
            ("T1043", "T1043"),
        ] as [(String, String?)])
    func `a revoked technique leads to what replaced it`(id: String, current: String?) {
        #expect(attack.currentTechnique(id)?.id == current)
    }

    @Test func `every revocation ends somewhere`() {
        for technique in attack.techniques {
            guard case .revoked = technique.status else { continue }
            #expect(attack.currentTechnique(technique.id)?.id != technique.id, "\(technique.id)")
            #expect(attack.currentTechnique(technique.id) != nil, "\(technique.id)")
        }
    }

    @Test(arguments: ["TA0005", "ta0005", "defense-evasion", "Defense Evasion", "defense_evasion"])
    func `a tactic is known by id and by every spelling of its name`(word: String) {
        #expect(attack.tactic(word)?.id == "TA0005")
    }

    @Test func `tactics stand in the order of the matrix`() {
        #expect(attack.tactics.first?.shortName == "reconnaissance")
        #expect(attack.tactics.last?.shortName == "impact")
        #expect(attack.tactic("witchcraft") == nil)
    }

    @Test func `an analytic names its telemetry and what the environment has to settle`() throws {
        let analytic = try #require(attack.analytic("AN0174"))
        #expect(analytic.detectionStrategy == "DET0063")
        #expect(analytic.platforms == ["Linux"])
        let source = try #require(analytic.logSources.first)
        #expect(source.dataComponentName == "Process Creation")
        #expect(source.name == "auditd:SYSCALL")
        #expect(source.channel == "execve")
        #expect(analytic.mutableElements.map(\.field) == ["ScriptDir", "ScheduledContext", "NetworkActivity"])
        #expect(analytic.mutableElements[0].description == "Script invoked from /tmp, /var/tmp, or .hidden/ folders.")
        #expect(attack.analytics(of: "T1059.006").map(\.id) == ["AN0172", "AN0173", "AN0174", "AN0175"])
    }

    @Test(arguments: [
        ("T1562.001", true), ("t1685.004", true), ("stealth", true), ("Defense Impairment", true), ("TA0005", true),
        ("T1059", false), ("execution", false), ("", false), ("T15620", false),
    ])
    func `what version 19 changes is told`(word: String, changes: Bool) {
        #expect((attack.laterChange(word) != nil) == changes)
    }
}

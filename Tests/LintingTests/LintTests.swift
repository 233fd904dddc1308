// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies
import TestSupport
import Testing

@testable import Linting

/// A small part of ATT&CK.
struct SampleAttack: AttackKnowledge {
    let version = "18.1"

    func technique(_ id: String) -> AttackTechnique? {
        switch id {
        case "T1059.006":
            AttackTechnique(name: "Python", tactics: ["execution"], platforms: ["Linux", "Windows", "macOS"])
        case "T1064":
            AttackTechnique(
                name: "Scripting", tactics: ["execution"], platforms: ["Linux"], isRevoked: true, replacedBy: "T1059")
        default: nil
        }
    }

    func analytics(of technique: String) -> [AttackAnalytic] {
        technique == "T1059.006"
            ? [
                AttackAnalytic(id: "AN0174", platforms: ["Linux"], mutableElements: ["ScriptDir", "Hours"]),
                AttackAnalytic(id: "AN0175", platforms: ["Windows"], mutableElements: ["Elsewhere"]),
            ] : []
    }
}

/// The codes of the findings about a document alone.
func codes(_ text: String, python: PythonInspector? = nil) -> [String] {
    lint(text, python: python).map(\.code)
}

func lint(_ text: String, python: PythonInspector? = nil) -> [Diagnostic] {
    StrategyLint(attack: SampleAttack(), python: python, today: "2026-11-21")
        .check(LintSubject(document: document(text)))
}

struct LintTests {
    /// A document about which nothing is to be said.
    static let clean = """
        # Shells started by inline Python

        ## Goal
        Find them.
        ## Categorization
        ```yaml vedette
        categorization:
          attack: "18.1"
          techniques: [T1059.006]
          tactics: [execution]
          platforms: [linux]
          analytics:
            AN0174: {ScriptDir: {values: [/tmp]}, Hours: {unbound: "no history yet"}}
        ```
        ## Strategy Abstract
        ```yaml vedette
        data:
          - {id: starts, logsource: {product: linux}, fields: [Image]}
        ```
        ## Technical Context
        Python starts shells.
        ## Blind Spots and Assumptions
        ```yaml vedette
        assumptions:
          - {id: a, statement: x, probe: {kind: file, run: /etc/audit/audit.rules}}
        blind_spots:
          - {id: b, statement: x, case: c}
        ```
        ## False Positives
        - Build jobs: account `gitlab-runner` below `/builds`.
        ## Priority
        ```yaml vedette
        priority:
          criteria: [{level: high, because: x, match: {s: {User: root}}}]
        ```
        ## Validation
        1. Run `python3 -c "import os; os.system('id')"`
        ## Response
        - Read `ParentImage`; if it is a web server, isolate the host, otherwise close.
        ## Additional Resources
        <https://docs.python.org>
        """

    @Test func `a document that keeps its promises has no findings`() {
        #expect(codes(Self.clean, python: PythonInspector()).filter { $0 != "check-skipped" } == [])
    }

    @Test(arguments: [
        ("# Shells started by inline Python\n", "", StrategyFindingCode.titleMissing),
        ("# Shells started by inline Python", "# Detection Strategy Report", .titleGeneric),
        ("## Goal\nFind them.\n", "", .sectionMissing), ("Find them.", "<!-- later -->", .sectionEmpty),
        ("Find them.", "TBD.", .sectionEmpty), ("<https://docs.python.org>", "None at present.", .resourcesWithoutLink),
        ("techniques: [T1059.006]", "techniques: [T9999]", .techniqueUnknown),
        ("techniques: [T1059.006]", "techniques: [T1064]", .techniqueRevoked),
        ("tactics: [execution]", "tactics: [persistence]", .tacticContradicts),
        ("platforms: [linux]", "platforms: [linux, esxi]", .platformContradicts),
        ("ScriptDir: {values: [/tmp]}, ", "", .mutableElementUnbound),
        ("ScriptDir", "ScriptFolder", .blockBadValue), ("AN0174:", "AN9999:", .blockBadValue),
        ("attack: \"18.1\"", "attack: \"17.0\"", .attackVersion),
        ("  - {id: starts, logsource: {product: linux}, fields: [Image]}", "  []", .dataUndeclared),
        (", case: c}", "}", .blindSpotUnproven),
        (", probe: {kind: file, run: /etc/audit/audit.rules}}", "}", .assumptionUnprobed),
        (
            "- Build jobs: account `gitlab-runner` below `/builds`.", "- Legitimate jobs of developers.",
            .falsePositiveVague
        ),
        ("criteria: [{level: high, because: x, match: {s: {User: root}}}]", "default: high", .priorityUnconditional),
        (
            "1. Run `python3 -c \"import os; os.system('id')\"`", "1. Run the script and monitor.",
            .validationNothingToRun
        ),
        ("1. Run ", "1. Watch the alerts.\n2. Run ", .stepWithoutCommand),
        (
            "- Read `ParentImage`; if it is a web server, isolate the host, otherwise close.", "- Isolate the host.",
            .responseGeneric
        ),
        ("; if it is a web server, isolate the host, otherwise close", "", .responseWithoutDecision),
    ])
    func `each promise that is broken is found`(part: String, replacement: String, code: StrategyFindingCode) throws {
        let text = Self.clean.replacing(part, with: replacement)
        try #require(text != Self.clean)
        let found = lint(text).filter { $0.code == code.rawValue }
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.severity == code.severity && $0.location.line > 0 })
    }

    @Test(arguments: [
        ("- Platforms: Linux, Windows and macOS", ["linux", "windows", "macos"]),
        ("Platform: Linux. The first draft also named Windows.", ["linux"]),
        ("Platforms: whatever runs, Kubernetes", ["kubernetes"]), ("Linux is a platform.", []),
    ])
    func `platforms are recognised in prose`(text: String, expected: [String]) {
        let claims = CategorizationClaims(document("# T\n## Categorization\n\(text)\n"))
        #expect(claims.platforms.map(\.name) == expected)
    }

    @Test func `blind spots and assumptions are told apart by what stands above them`() {
        let text = """
            # T
            ## Blind Spots and Assumptions
            Where it is blind:

            - one

            It assumes, on every host:

            - two
            - **Blind spots:**
              - three
            - **Assumptions:**
              - four

            ### Limitations
            - five
            """
        let found = lint(text).filter { $0.code == "blind-spot-unproven" || $0.code == "assumption-unprobed" }
        #expect(
            found.map(\.code) == [
                "blind-spot-unproven", "assumption-unprobed", "blind-spot-unproven", "assumption-unprobed",
                "blind-spot-unproven",
            ])
    }

    @Test(arguments: [
        ("owner: t, expires: 2027-01-01", []), ("owner: t", ["suppression-unaccountable"]),
        ("expires: 2027-01-01", ["suppression-unaccountable"]),
        ("owner: t, expires: 2026-11-21", ["suppression-expired"]),
    ])
    func `a suppression has an owner and an expiry`(keys: String, expected: [String]) {
        let document = document(
            block: "suppressions:\n  - {id: a, characteristic: x, match: {s: {A: b}}, \(keys)}", in: .falsePositives)
        let codes = StrategyLint(attack: nil, python: nil, today: "2026-11-21").check(LintSubject(document: document))
            .map(\.code).filter { $0.hasPrefix("suppression") }
        #expect(codes == expected)
    }

    @Test(arguments: [
        ("Isolate the host.", true), ("Immediately isolate and inspect the systems", true), ("Review logs.", true),
        ("Determine if sensitive data was accessed.", true), ("Investigate.", true),
        ("Review `auth.log` of the host.", false), ("Isolate the host if ParentImage is a web server.", false),
        ("Compare CommandLine with the change record.", false), ("Check /var/log/auth.log for the session.", false),
        ("Ask the owner of the account.", false),
    ])
    func `a generic verb without object is told from a step`(text: String, isGeneric: Bool) {
        let hasCode = text.contains("`")
        #expect(ResponseChecks.isGeneric(text, hasCode: hasCode) == isGeneric)
    }

    @Test(arguments: [
        ("Legitimate use by developers or administrators for testing.", false),
        ("Jobs of the CI/CD system.", false), ("Routine IT operations.", false),
        ("The account gitlab_runner.", true), ("Programs below /opt/app.", true), ("ParentImage is cron.", true),
        ("The \"backup\" job.", true), ("User=backup at night.", true), ("Scripts or jobs, and/or tests.", false),
    ])
    func `a false positive is concrete when it names something of an event`(text: String, isConcrete: Bool) {
        let passage = Passage(kind: .item, text: text, depth: 1, location: SourceLocation(file: ""))
        #expect(Concreteness.namesSomething(passage) == isConcrete)
    }

    @Test func `every kind of finding has a page, and every page a kind`() {
        #expect(
            StrategyFindingCatalogue.all.map(\.code).sorted() == StrategyFindingCode.allCases.map(\.rawValue).sorted())
        for entry in StrategyFindingCatalogue.all {
            #expect(entry.explanation.hasSuffix(".") && entry.mend.hasSuffix("."), "\(entry.code)")
            #expect(
                SigmaDiagnosticCatalogue.entry(for: entry.code) == nil, "\(entry.code) is taken by Sigma's findings")
        }
    }
}

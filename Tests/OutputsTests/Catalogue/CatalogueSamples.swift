// SPDX-License-Identifier: Apache-2.0
import Outputs
import Proving
import Sigma
import Strategies

/// A strategy that has everything, most of it hostile to a page that shows it.
enum CatalogueSamples {
    /// What would run if it were not escaped; no catalogue may hold it.
    static let attack = "<script>document.title='taken'</script>"

    static let markdown = """
        # Strategy of <b>tests</b> & \(attack)

        ## Goal

        Find \(attack) where *nobody* expects it.

        Second paragraph with ![a picture](https://example.com/track.png) and [a link](javascript:alert(1)),
        [another](https://example.com/?a=1&b=2), and an override \u{202E}txt.exe.

        ## Categorization

        ```yaml vedette
        categorization:
          attack: "18.1"
          techniques: [T1059.006]
          tactics: [execution]
          platforms: [linux]
          analytics:
            AN0174:
              ScriptDir: {values: ["/tmp", "\(attack)"]}
              NetworkActivity: {unbound: "needs network telemetry per process"}
        ```

        ## Strategy Abstract

        | a | b |
        |---|---|
        | `<img src=x onerror=alert(1)>` | ~~old~~ |

        ```yaml vedette
        data:
          - id: process-starts
            logsource: {product: linux, category: process_creation}
            fields: [Image, CommandLine]
            sources: [auditd]
            note: "auditd rules for execve"
        ```

        ## Technical Context

        <div onclick="alert(1)">raw</div>

        ```sh
        python3 -c "import os; os.system('<id>')"
        ```

        ## Blind Spots and Assumptions

        ```yaml vedette
        assumptions:
          - id: exec-is-audited
            statement: Every execve is recorded.
            probe: {kind: command, run: "auditctl -l", expect: "execve"}
        blind_spots:
          - id: fork-without-exec
            statement: A shell whose parent forked without exec.
            rules: [one]
            case: unseen
            mitigation: Record clone as well.
        ```

        ## False Positives

        ```yaml vedette
        suppressions:
          - id: ci-runner
            characteristic: The build account runs inline code.
            rules: [one]
            match:
              selection: {User: gitlab-runner}
            owner: build-team
            expires: 2027-06-30
            reason: Reviewed.
        ```

        ## Priority

        ```yaml vedette
        priority:
          default: rule
          criteria:
            - level: critical
              because: A service account has no business with shells.
              rules: [one]
              match:
                selection: {User: postgres}
        ```

        ## Validation

        ```yaml vedette
        validation:
          - id: inline
            what: python3 -c with os.system.
            case: seen
            emulation: T1059.006.yml#inline
            expect: [one]
            kind: attack
        ```

        ## Response

        ```yaml vedette
        playbook:
          - id: who
            do: Read the ancestors.
            command: "ausearch --session {ses} -i"
            decide:
              - {if: "it is <unknown>", then: contain}
              - {if: "it is announced", then: close}
          - id: contain
            do: Freeze the process tree.
        ```

        ## Additional Resources

        - https://example.com/paper
        """

    static let ruleText = """
        title: first
        id: zero
        detection:
          selection: {A: b}
          condition: selection
        ---
        title: Rule one
        id: one
        detection:
          selection:
            CommandLine|contains: '\(attack)'

          # a comment
          condition: selection
        level: high
        """

    static var entry: CatalogueEntry {
        let document = StrategyDocument(parsing: Array(markdown.utf8), path: "tests/strategy.md")
        var metadata = Metadata(title: "Rule one \(attack)", location: SourceLocation(file: "one.yml", line: 7))
        metadata.id = "one"
        metadata.description = "Sees \(attack)"
        metadata.tags = ["attack.execution", "attack.t1059.006"]
        metadata.references = ["https://example.com/one", "javascript:alert(1)"]
        metadata.falsePositives = ["Administrators & <developers>"]
        metadata.level = .high
        let proof = ProofState(.recorded, date: CoverageSamples.date)
        func recording(_ name: String, _ kind: CaseKind, fires: [String]) -> CatalogueEntry.Case {
            var one = CatalogueEntry.Case(
                name: name, kind: kind, platform: "linux", isRecorded: kind != .miss, about: "About \(attack)",
                expected: fires)
            one.fired = fires
            one.failures = kind == .benign ? ["one fired: \(attack)"] : []
            return one
        }
        return CatalogueEntry(
            strategy: CoveredStrategy(
                id: "tests", title: document.title, categorization: document.blocks.categorization,
                rules: [.init(metadata, proof: proof)],
                proof: ProofState(.lint, date: CoverageSamples.date, obstacles: ["case look-alike: \(attack)"])),
            document: document,
            rules: [
                .init(
                    metadata: metadata, logsource: RuleLogSource(category: "process_creation", product: "linux"),
                    logic: CatalogueEntry.Rule.logic(in: ruleText, documentLine: 7))
            ],
            cases: [
                recording("seen", .attack, fires: ["one"]), recording("look-alike", .benign, fires: []),
                recording("unseen", .miss, fires: []),
            ])
    }

    static var page: String {
        let entry = entry
        return Catalogue([entry], coverage: Coverage([entry.strategy], date: CoverageSamples.date)).page
    }
}

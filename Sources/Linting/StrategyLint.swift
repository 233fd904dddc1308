// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// Says what is wrong with strategies.
public struct StrategyLint: Sendable {
    /// What is known of ATT&CK; nil leaves the checks that need it out.
    public var attack: (any AttackKnowledge)?
    /// What is known of Python code; nil leaves the checks that need it out.
    public var python: PythonInspector?
    /// The day of the check, `YYYY-MM-DD`.
    public var today: String

    /// Makes a checker.
    public init(attack: (any AttackKnowledge)?, python: PythonInspector?, today: String) {
        self.attack = attack
        self.python = python
        self.today = today
    }

    /// The findings about a document or strategy, in the order of the lines.
    public func check(_ subject: LintSubject) -> [Diagnostic] {
        var findings = Findings()
        findings.all = subject.document.diagnostics + subject.diagnostics
        SectionChecks.check(subject, &findings)
        CategorizationChecks(attack: attack).check(subject, &findings)
        DataChecks.check(subject, &findings)
        BlindSpotChecks.check(subject, &findings)
        NoiseChecks(today: today).check(subject, &findings)
        MatcherChecks.check(subject, &findings)
        ReferenceChecks.check(subject, &findings)
        ValidationChecks(python: python).check(subject, &findings)
        ResponseChecks.check(subject, &findings)
        return findings.all.sorted {
            ($0.location.file, $0.location.line, $0.location.column, $0.code, $0.message)
                < ($1.location.file, $1.location.line, $1.location.column, $1.code, $1.message)
        }
    }
}

/// What was found so far.
struct Findings {
    var all: [Diagnostic] = []

    /// Keeps a finding, once.
    mutating func add(_ code: StrategyFindingCode, _ message: String, at location: SourceLocation) {
        let finding = code.diagnostic(message, at: location)
        if !all.contains(finding) { all.append(finding) }
    }
}

extension StrategyDocument {
    /// Where to point for something that is not there: the heading of the section it belongs to, else the first line.
    func place(of kind: SectionKind) -> SourceLocation {
        section(kind)?.location ?? SourceLocation(file: path, line: 1)
    }
}

extension String {
    /// The text shortened for a message, on one line.
    func excerpt(_ length: Int = 60) -> String {
        let line = split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count <= length ? line : line.prefix(length - 1) + "…"
    }
}

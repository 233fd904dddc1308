// SPDX-License-Identifier: Apache-2.0
import Alerts
import Sigma
import Strategies

/// What came of replaying a strategy's recorded telemetry.
public struct StrategyTestReport: Sendable, Hashable, Codable {
    /// The strategy's id.
    public var strategy: String
    /// One for each case, in their order.
    public var cases: [CaseResult] = []
    /// One for each rule and correlation that gives alerts.
    public var rules: [RuleResult] = []
    /// One for each suppression of the document.
    public var suppressions: [SuppressionResult] = []
    /// Rules that could not be loaded or compiled.
    public var refusedRules: [Diagnostic] = []

    /// Whether every case came out as asked for, every rule has a firing and a silent one, and no suppression hides an
    /// attack: proof level 2.
    public var passed: Bool {
        !cases.isEmpty && failedCount == 0
    }

    /// How many cases, rules and suppressions failed, and rules were refused.
    public var failedCount: Int {
        cases.count { !$0.passed } + rules.count { !$0.passed } + suppressions.count { !$0.passed }
            + refusedRules.count
    }

    /// One case.
    public struct CaseResult: Sendable, Hashable, Codable {
        /// The case's name.
        public var name: String
        /// What it is about.
        public var kind: CaseKind
        /// The system it belongs to, by the words rules use for it.
        public var platforms: Set<String>
        /// How many events were read.
        public var events: UInt64 = 0
        /// Ids of the rules that fired.
        public var fired: Set<String> = []
        /// What is not as asked for; empty when the case passed.
        public var failures: [String] = []
        /// How long it took.
        public var duration: Duration = .zero

        /// Whether everything came out as asked for.
        public var passed: Bool { failures.isEmpty }

        init(_ one: TelemetryCase) {
            name = one.name
            kind = one.kind
            platforms =
                one.platform == "kubernetes" ? ["kubernetes"] : [one.platform, one.platform == "linux" ? "docker" : ""]
        }

        mutating func check(_ alerts: [Alert], against expected: [TelemetryCase.Expectation]) {
            if events == 0 { failures.append("no event could be read from the recording") }
            fired = Set(alerts.map(\.rule.identifier))
            for expectation in expected {
                let own = alerts.filter { $0.rule.identifier == expectation.rule }
                if own.isEmpty {
                    failures.append("\(expectation.rule) did not fire")
                } else if let level = expectation.level, !own.contains(where: { $0.level == level }) {
                    let found = own.map(\.level.rawValue).joined(separator: ", ")
                    failures.append("\(expectation.rule) fired as \(found), not as \(level.rawValue)")
                }
                for (name, value) in expectation.fields.sorted(by: { $0.key < $1.key })
                where !own.isEmpty && !own.contains(where: { $0.has(name, value) }) {
                    failures.append("\(expectation.rule) fired without \(name): \(value)")
                }
            }
            let surplus = alerts.filter { alert in !expected.contains { $0.rule == alert.rule.identifier } }
            for alert in surplus {
                let why =
                    kind == .miss ? "the blind spot is closed, so the document is out of date" : "it must stay silent"
                failures.append("\(alert.rule.identifier) (\(alert.rule.title)) fired: \(why)")
            }
        }
    }

    /// One suppression.
    public struct SuppressionResult: Sendable, Hashable, Codable {
        /// The suppression's id.
        public var id: String
        /// The recorded attacks it would hide.
        public var conflicts: [SuppressionCheck.Conflict]

        /// Whether it hides none.
        public var passed: Bool { conflicts.isEmpty }
        /// What is wrong, a line for each attack.
        public var failures: [String] {
            conflicts.map { "it would hide the attack \($0.caseName): it silences \($0.silenced)" }
        }
    }

    /// One rule.
    public struct RuleResult: Sendable, Hashable, Codable {
        /// The rule's id.
        public var id: String
        /// Its title.
        public var title: String
        /// Cases in which it fired.
        public var firing: [String] = []
        /// Benign cases of its system in which it stayed silent.
        public var silent: [String] = []

        /// Whether it has both.
        public var passed: Bool { !firing.isEmpty && !silent.isEmpty }
    }
}

extension Alert {
    /// Whether one of the alert's events has a value in a field.
    fileprivate func has(_ name: String, _ value: String) -> Bool {
        events.contains { event in
            event.fields.entries.contains { $0.name == name && $0.values.contains { $0.scalarText == value } }
        }
    }
}

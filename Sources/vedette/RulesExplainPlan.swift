// SPDX-License-Identifier: Apache-2.0
import Alerts
import ArgumentParser
import Detection
import Events
import Outputs
import Sigma

/// `vedette rules explain-plan`: what a rule set was compiled into.
struct RulesExplainPlan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain-plan",
        abstract: "Shows what a rule set is compiled into, and which rules make it slow.",
        usage: "vedette rules explain-plan [<options>]",
        discussion: """
            Events are routed by log source first; then one look at each value answers the literal tests of all \
            rules on its field, and only rules whose necessary condition was found are evaluated. Rules without such \
            a condition are evaluated for every event of their log source: they are named here.

            EXAMPLES
              vedette rules explain-plan
              vedette rules explain-plan --rules sigma/rules
              vedette rules explain-plan --rules my.yml --output json | jq '.routes[0]'

            EXIT CODES
              0  done
              2  the call or its input is wrong
            """)

    /// How the plan is shown.
    enum Form: String, CaseIterable {
        case table, json
    }

    @OptionGroup var rules: RuleOptions

    @Option(help: "A table, or JSON with every route and rule: table or json.", transform: Form.named)
    var output: Form = .table

    @Flag(help: "Shows whole lists where the table would show the first few.")
    var all = false

    mutating func run() throws {
        let loaded = try rules.load(try rules.catalog())
        let engine = Engine(rules: loaded, vocabulary: Vocabulary())
        let summary = engine.planSummary()
        var out = ByteOutput(descriptor: 1)
        switch output {
        case .table:
            let style = TableStyle(terminal: Terminal(descriptor: 1))
            try out.write(PlanText(summary, rules: loaded, style: style, most: all ? .max : 15).text)
        case .json: try out.write(summary.json(rules: loaded).text + "\n")
        }
        try out.flush()
        let refused = loaded.diagnostics.count { $0.severity == .error } + engine.diagnostics.count
        if refused > 0 { Console.note("\(refused) rules take no part; `vedette lint` says why") }
    }
}

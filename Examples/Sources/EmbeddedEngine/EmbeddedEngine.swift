// SPDX-License-Identifier: Apache-2.0
import Detection
import Events
import Sigma

/// Evaluates a Sigma rule on events of one's own, with nothing of Vedette but its engine.
@main
struct EmbeddedEngine {
    static let rule = """
        title: Shell spawned by Python
        logsource:
            category: process_creation
            product: linux
        detection:
            selection:
                ParentImage|contains: '/python'
                Image|endswith: ['/sh', '/bash']
            condition: selection
        level: high
        """

    static func main() {
        let rules = RuleLoader().load(text: rule, file: "example.yml")
        for diagnostic in rules.diagnostics { print("\(diagnostic.location): \(diagnostic.message)") }

        let vocabulary = Vocabulary()
        var engine = Engine(rules: rules, vocabulary: vocabulary)
        let source = vocabulary.source(LogSource(product: "linux", category: "process_creation"))

        var batch = EventBatch()
        for (parent, image) in [("/usr/bin/python3.11", "/bin/sh"), ("/usr/bin/make", "/bin/sh")] {
            let first = batch.slots.count
            batch.append(.parentImage, text: parent)
            batch.append(.image, text: image)
            batch.commit(time: .unknown, source: source, slotsFrom: first, record: 0..<0, position: 1)
        }

        for match in engine.matches(in: batch) {
            print("event \(match.event): \(rules.rules[match.rule].metadata.title)")
            for reason in engine.reasons(for: match, in: batch) {
                print("  \(reason.selection): \(reason.field ?? "keyword") \(reason.pattern) <- \(reason.value)")
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Pipeline
import Readers
import Sigma
import Strategies
import TestSupport

/// Files to alerts, the way `vedette hunt` goes but inside the test.
enum Hunting {
    /// What came out.
    struct Result {
        var alerts: [Alert] = []
        var report = ReadReport()

        /// Ids of the rules that raised alerts.
        var fired: Set<String> { Set(alerts.map(\.rule.identifier)) }

        /// What must not depend on how the bytes arrived: everything but the paths.
        var essence: [String] {
            alerts.map { alert in
                let events = alert.events.map { "\($0.position) \($0.time?.rfc3339 ?? "-") \($0.fields.json.text)" }
                return "\(alert.id) \(alert.rule.identifier) \(alert.count) \(alert.entity.id) \(events)"
            }
        }
    }

    /// Rules of the named strategies.
    static func rules(_ strategies: [String] = StrategyCase.strategies) -> RuleSet {
        RuleLoader().load(paths: strategies.map { StrategyCase.folder($0) + "/rules" }, pipelines: [])
    }

    /// Hunts files, each in turn.
    static func run(_ files: [String], rules: RuleSet) -> Result {
        let vocabulary = Vocabulary()
        var pipeline = DetectionPipeline(rules: rules, vocabulary: vocabulary)
        var result = Result()
        var batch = EventBatch()
        for file in files {
            var source = FileSource(path: file, vocabulary: vocabulary)
            while source.next(&batch) { result.alerts += pipeline.process(&batch) }
            result.report.merge(source.report)
        }
        result.alerts += pipeline.finish()
        result.alerts.sort(by: Alert.precedes)
        return result
    }
}

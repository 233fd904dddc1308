// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Pipeline
import Readers
import Sigma
import Strategies

/// Files to alerts, the way `vedette hunt` goes but inside the test.
enum Hunting {
    /// A file, and the log source to assume where its content does not tell.
    typealias Input = (path: String, logSource: LogSource?)

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

    /// Rules of strategies.
    static func rules(_ strategies: [Strategy]) -> RuleSet {
        RuleLoader().load(paths: strategies.map(\.rulesPath), pipelines: [])
    }

    /// The files of a case.
    static func inputs(_ telemetry: TelemetryCase) -> [Input] {
        let source = telemetry.logSource.map {
            LogSource(product: $0.product, category: $0.category, service: $0.service)
        }
        return telemetry.files.map { ($0, source) }
    }

    /// Hunts files, each in turn.
    static func run(_ inputs: [Input], rules: RuleSet) -> Result {
        let vocabulary = Vocabulary()
        let pipeline = DetectionPipeline(rules: rules, vocabulary: vocabulary)
        var result = Result()
        let run = DetectionPipeline.Run { changes in result.alerts += changes.map(\.alert) }
        for input in inputs {
            var source = RecordedSource(paths: [input.path], vocabulary: vocabulary, logSource: input.logSource)
            let reader = UnitReader(vocabulary: vocabulary, logSource: input.logSource)
            do { _ = try pipeline.run(&source, reader: reader, run) } catch { preconditionFailure("\(error)") }
        }
        result.alerts += pipeline.finish().map(\.alert)
        result.report = pipeline.report
        result.alerts.sort(by: Alert.precedes)
        return result
    }
}

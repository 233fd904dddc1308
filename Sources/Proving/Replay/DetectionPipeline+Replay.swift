// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Pipeline
import Readers
import Sigma
import Strategies

extension DetectionPipeline {
    /// Goes through the recordings of a case; gives the alerts as an analyst would see them.
    func replay(_ one: TelemetryCase) -> [Alert] {
        let logSource = one.logSource.map {
            LogSource(product: $0.product, category: $0.category, service: $0.service)
        }
        return alerts(
            of: RecordedSource(paths: one.files, vocabulary: vocabulary, logSource: logSource),
            reader: UnitReader(vocabulary: vocabulary, logSource: logSource))
    }
}

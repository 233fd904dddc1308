// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

extension LogSource {
    /// The log source a rule names, its parts as they are written.
    public init(_ wanted: RuleLogSource) {
        self.init(product: wanted.product, category: wanted.category, service: wanted.service)
    }

    /// Whether an event of this source is one that a rule with this log source is about.
    public func isCovered(by wanted: RuleLogSource) -> Bool {
        isCovered(product: wanted.product, category: wanted.category, service: wanted.service)
    }
}

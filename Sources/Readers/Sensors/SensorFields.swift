// SPDX-License-Identifier: Apache-2.0

/// What one of the Linux sensors of others calls things.
protocol SensorFields {
    /// Its name, which is the service of its log sources.
    static var service: String { get }
    /// Names rules know its fields by: Sigma's or ECS's, by native name.
    ///
    /// Where several native fields give one, the first in a record counts.
    static var names: [String: String] { get }
    /// What it calls the events of each category; any other is one of its service alone.
    static var categories: [(category: String, events: [String])] { get }
}

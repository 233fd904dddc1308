// SPDX-License-Identifier: Apache-2.0

/// Which findings become one alert.
public enum Folding: String, Sendable, Hashable, CaseIterable {
    /// None: each finding is an alert of its own.
    case none
    /// Those of one rule on one entity.
    case `default`
    /// Those of one rule, whoever they are about.
    case rule
}

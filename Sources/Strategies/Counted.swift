// SPDX-License-Identifier: Apache-2.0

extension Int {
    /// The number with its noun: `1 strategy`, `2 strategies`.
    public func counted(_ one: String, _ many: String? = nil) -> String {
        "\(self) \(self == 1 ? one : many ?? one + "s")"
    }
}

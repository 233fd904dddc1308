// SPDX-License-Identifier: Apache-2.0

extension LogSource {
    /// The more special categories that a category of Sigma's taxonomy takes in, besides itself.
    public static func categories(coveredBy category: String) -> [String] {
        switch category {
        case "registry_event": ["registry_add", "registry_delete", "registry_set", "registry_rename"]
        default: []
        }
    }
}

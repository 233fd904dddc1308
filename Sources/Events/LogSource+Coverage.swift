// SPDX-License-Identifier: Apache-2.0

extension LogSource {
    /// The categories of events a rule of a category is about: itself, and for an umbrella what stands under it.
    ///
    /// `registry_event` is all of Sysmon's events 12 to 14, which readers tell apart (Sigma specification, appendix on the
    /// taxonomy); the `file_*` categories and `process_creation` are each only themselves.
    public static func categories(coveredBy category: String) -> [String] {
        switch category {
        case "registry_event":
            [category, "registry_add", "registry_delete", "registry_set", "registry_rename"]
        default: [category]
        }
    }

    /// Whether an event of this source is one that a rule naming these parts is about; case does not matter.
    ///
    /// A part the rule leaves out covers everything; a part the event does not know is covered by nothing.
    public func isCovered(product: String?, category: String?, service: String?) -> Bool {
        func same(_ wanted: String?, _ own: String?) -> Bool {
            wanted == nil || wanted?.lowercased() == own?.lowercased()
        }
        guard same(product, self.product), same(service, self.service) else { return false }
        guard let category else { return true }
        guard let own = self.category else { return false }
        return Self.categories(coveredBy: category.lowercased()).contains(own.lowercased())
    }

    /// The same source with every part in lower case, as readers write them.
    public var lowercased: LogSource {
        LogSource(product: product?.lowercased(), category: category?.lowercased(), service: service?.lowercased())
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

@Suite struct LogSourceCoverageTests {
    private static let event = LogSource(product: "windows", category: "registry_set", service: "sysmon")

    @Test(
        arguments: [
            ("windows", "registry_set", nil, true), ("windows", "registry_event", nil, true),
            (nil, nil, "sysmon", true), (nil, nil, nil, true), ("windows", "registry_add", nil, false),
            ("linux", "registry_set", nil, false), ("windows", "registry_set", "security", false),
        ] as [(String?, String?, String?, Bool)])
    func `a rule is about the events its parts name`(
        product: String?, category: String?, service: String?, expected: Bool
    ) {
        #expect(Self.event.isCovered(product: product, category: category, service: service) == expected)
    }

    @Test func `what an event does not know is covered by nothing`() {
        #expect(!LogSource(product: "windows").isCovered(product: "windows", category: "registry_set", service: nil))
        #expect(LogSource.categories(coveredBy: "process_creation") == ["process_creation"])
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The rules of a strategy made up for tests.
enum ProvingScene {
    static let rulesText = """
        title: Tool run
        id: 11111111-0000-4000-8000-000000000000
        name: tool_run
        level: medium
        status: test
        logsource: {product: linux, category: process_creation}
        detection:
          selection: {Image|endswith: /tool}
          condition: selection
        ---
        title: Other run
        id: 22222222-0000-4000-8000-000000000000
        name: other_run
        level: low
        status: test
        logsource: {product: linux, category: process_creation}
        detection:
          selection: {Image|endswith: /other}
          condition: selection
        ---
        title: Many tools
        id: 33333333-0000-4000-8000-000000000000
        name: many_tools
        level: low
        status: test
        correlation:
          type: event_count
          rules: [tool_run]
          group-by: [host.name]
          timespan: 1m
          generate: true
          condition: {gte: 6}
        """
}

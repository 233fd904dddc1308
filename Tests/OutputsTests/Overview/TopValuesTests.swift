// SPDX-License-Identifier: Apache-2.0
import Outputs
import Sigma
import TestSupport
import Testing

@Suite struct TopValuesTests {
    @Test func `few values are counted exactly, with their highest level`() {
        var top = TopValues(capacity: 4)
        for (value, level) in [("a", Level.low), ("b", .high), ("a", .critical), ("c", .low), ("b", .low), ("a", .low)]
        {
            top.add(value, level: level)
        }
        #expect(top.error == 0)
        #expect(top.top(2).map(\.value) == ["a", "b"])
        #expect(top.top(2).map(\.count) == [3, 2])
        #expect(top.top(2).map(\.highest) == [.critical, .high])
    }

    @Test func `what is frequent among endless others stays, and its count is wrong by what is said at most`() throws {
        var random = SeededGenerator(seed: 3)
        var top = TopValues(capacity: 50)
        var exact: [String: UInt64] = [:]
        for number in 0..<50_000 {
            let value = number % 10 == 0 ? "frequent" : "value \(Int.random(in: 0..<20_000, using: &random))"
            exact[value, default: 0] += 1
            top.add(value, level: .low)
            #expect(top.count <= 100)
        }
        let first = try #require(top.top(1).first)
        #expect(first.value == "frequent")
        #expect(top.error > 0 && top.error < 50_000 / 50)
        for entry in top.top(100) {
            let real = try #require(exact[entry.value])
            #expect(entry.count <= real && real <= entry.count + top.error)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Readers
import TestSupport
import Testing

/// A recording that comes with a strategy.
struct Recording: Sendable, CustomTestStringConvertible {
    var path: String
    var testDescription: String { path.split(separator: "/").suffix(1).joined() }

    /// A few spread over all of them, for tests that damage each at hundreds of places.
    static let sample: [Recording] = {
        let stride = max(1, all.count / 16)
        return all.indices.filter { $0 % stride == 0 }.map { all[$0] }
    }()

    /// All there are.
    static let all: [Recording] = {
        let root = Checkout.root + "/Strategies"
        let found = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        return found.filter { $0.contains("/telemetry/") && !$0.hasSuffix(".yml") }.sorted()
            .map { Recording(path: root + "/" + $0) }
    }()

    /// Its bytes.
    func bytes() throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: path))) }

    /// Its last lines, about `count` bytes of them; all of it when that is no more, or when lines mean nothing in it.
    func tail(_ count: Int) throws -> [UInt8] {
        let all = try bytes()
        guard all.count > count, !path.hasSuffix(".json"),
            let start = all[(all.count - count)...].firstIndex(of: UInt8(ascii: "\n"))
        else { return all }
        return Array(all[(start + 1)...])
    }
}

extension Reading {
    /// Events that stand for one record each.
    var direct: [SeenEvent] { events.filter { !$0.isDerived } }

    /// How many problems were counted.
    var problemCount: UInt64 { report.problems.values.reduce(0, +) }

    /// Whether each record gave an event or was counted as a problem.
    var accountsForAllRecords: Bool {
        let seen = UInt64(Set(direct.map(\.position)).count)
        return seen <= report.records && seen + problemCount >= report.records
    }

    /// Descriptions of the events of the records before a position.
    func directEvents(before position: UInt64) -> [String] {
        direct.filter { $0.position < position }.map(\.description)
    }
}

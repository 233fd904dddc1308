// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events
import Foundation
import Pipeline
import Sigma
import TestSupport
import Testing

/// What a process that was killed leaves is read up to there; damage is refused.
@Suite struct UnitJournalTests {
    private static let digest = SipHash.Digest(low: 1, high: 2)

    private static func journal() throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let own = try PrivateFolder(folder.path, creates: false)
        let journal = try UnitJournal("journal-1", in: own, digest: digest)
        for entry in [[1, 2, 3], [], Array(repeating: 7, count: 300)] as [[UInt8]] { try journal.append(entry) }
        return [UInt8](try Data(contentsOf: URL(filePath: folder.path + "/journal-1")))
    }

    @Test func `entries that were cut off are left out, and every entry before is read`() throws {
        let bytes = try Self.journal()
        var counts: Set<Int> = []
        for count in 0...bytes.count {
            let part = Array(bytes.prefix(count))
            counts.insert(try UnitJournal.entries(of: part, name: "j", digest: Self.digest).count)
        }
        #expect(counts == [0, 1, 2, 3])
        let entries = try UnitJournal.entries(of: bytes, name: "j", digest: Self.digest)
        #expect(entries.map { bytes[$0].count } == [3, 0, 300])
    }

    @Test func `any bit that changed is damage`() throws {
        let bytes = try Self.journal()
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= 1 << UInt8(index % 8)
            #expect(throws: StateError.self) {
                _ = try UnitJournal.entries(of: damaged, name: "j", digest: Self.digest)
            }
        }
    }

    @Test func `a journal of other rules is refused unless asked for`() throws {
        let bytes = try Self.journal()
        #expect(throws: StateError.self) {
            _ = try UnitJournal.entries(of: bytes, name: "j", digest: SipHash.Digest(low: 1, high: 3))
        }
        #expect(try UnitJournal.entries(of: bytes, name: "j", digest: nil).count == 3)
    }
}

// SPDX-License-Identifier: Apache-2.0

extension AttackRelease {
    /// A technique or sub-technique of ATT&CK.
    public struct Technique: Sendable, Hashable, Identifiable {
        /// `T1059` or `T1059.006`.
        public let id: String
        /// Its name; a sub-technique's own part of it, such as `Python`.
        public let name: String
        /// Short names of its tactics, such as `execution`.
        public let tactics: [String]
        /// Names of platforms as ATT&CK spells them, such as `Linux`, `Containers`.
        public let platforms: [String]
        /// Whether it still stands.
        public let status: Status
        /// Ids of the detection strategies for it, such as `DET0063`.
        public let detectionStrategies: [String]

        /// Whether a technique still stands.
        public enum Status: Sendable, Hashable {
            /// In use.
            case current
            /// Withdrawn without a successor.
            case deprecated
            /// Withdrawn for another, where ATT&CK names one.
            case revoked(by: String?)
        }

        /// Whether it is a sub-technique.
        public var isSubtechnique: Bool { id.contains(".") }
        /// The technique it belongs to; its own id unless it is a sub-technique.
        public var parent: String { String(id.prefix { $0 != "." }) }
        /// Its page at MITRE.
        public var url: String { "https://attack.mitre.org/techniques/" + id.replacing(".", with: "/") }

        /// Columns: id, name, tactics, platforms, status, replacement, detection strategies.
        init?(row: [String]) {
            guard row.count == 7 else { return nil }
            id = row[0]
            name = row[1]
            tactics = Table.list(row[2])
            platforms = Table.list(row[3])
            status =
                switch row[4] {
                case "revoked": .revoked(by: row[5].isEmpty ? nil : row[5])
                case "deprecated": .deprecated
                default: .current
                }
            detectionStrategies = Table.list(row[6])
        }
    }

    /// A tactic of ATT&CK: why an adversary does something.
    public struct Tactic: Sendable, Hashable, Identifiable {
        /// `TA0002`.
        public let id: String
        /// `execution`.
        public let shortName: String
        /// `Execution`.
        public let name: String
        /// Its column in the matrix, from 0.
        public let place: Int

        /// Columns: id, short name, name, place in the matrix.
        init?(row: [String]) {
            guard row.count == 4, let place = Int(row[3]) else { return nil }
            id = row[0]
            shortName = row[1]
            name = row[2]
            self.place = place
        }
    }
}

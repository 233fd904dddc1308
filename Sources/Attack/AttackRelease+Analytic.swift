// SPDX-License-Identifier: Apache-2.0

extension AttackRelease {
    /// How ATT&CK proposes to detect a technique (version 18 and later): a bundle of analytics.
    public struct DetectionStrategy: Sendable, Hashable, Identifiable {
        /// `DET0063`.
        public let id: String
        /// Its name.
        public let name: String
        /// Ids of its analytics.
        public let analytics: [String]

        /// Columns: id, name, analytics.
        init?(row: [String]) {
            guard row.count == 3 else { return nil }
            id = row[0]
            name = row[1]
            analytics = Table.list(row[2])
        }
    }

    /// An analytic of ATT&CK: what to look for on some platforms, and what each environment has to settle itself.
    public struct Analytic: Sendable, Hashable, Identifiable {
        /// `AN0174`.
        public let id: String
        /// The detection strategy it belongs to; empty where ATT&CK names none.
        public let detectionStrategy: String
        /// Names of platforms as ATT&CK spells them.
        public let platforms: [String]
        /// The telemetry it reads.
        public let logSources: [LogSourceReference]
        /// What ATT&CK leaves to the environment.
        public let mutableElements: [MutableElement]

        /// Telemetry an analytic reads.
        public struct LogSourceReference: Sendable, Hashable {
            /// Id of the data component, such as `DC0032`.
            public let dataComponent: String
            /// Name of the data component, such as `Process Creation`.
            public let dataComponentName: String
            /// The log, such as `auditd:SYSCALL`.
            public let name: String
            /// The record or place within it, such as `execve`.
            public let channel: String
        }

        /// Something that ATT&CK leaves to the environment.
        public struct MutableElement: Sendable, Hashable {
            /// Its name, such as `ScriptDir`.
            public let field: String
            /// What to settle.
            public let description: String
        }

        /// Its page at MITRE.
        public var url: String { "https://attack.mitre.org/detectionstrategies/\(detectionStrategy)#\(id)" }

        /// Columns: id, detection strategy, platforms, then any number of `L`, data component, log, channel and of `M`,
        /// field, description.
        init?(row: [String], component: (String) -> String?) {
            guard row.count >= 3 else { return nil }
            id = row[0]
            detectionStrategy = row[1]
            platforms = Table.list(row[2])
            var logSources: [LogSourceReference] = []
            var elements: [MutableElement] = []
            var rest = row[3...]
            while let kind = rest.popFirst() {
                switch kind {
                case "L" where rest.count >= 3:
                    let parts = Array(rest.prefix(3))
                    logSources.append(
                        LogSourceReference(
                            dataComponent: parts[0], dataComponentName: component(parts[0]) ?? parts[0], name: parts[1],
                            channel: parts[2]))
                    rest = rest.dropFirst(3)
                case "M" where rest.count >= 2:
                    let parts = Array(rest.prefix(2))
                    elements.append(MutableElement(field: parts[0], description: parts[1]))
                    rest = rest.dropFirst(2)
                default:
                    return nil
                }
            }
            self.logSources = logSources
            mutableElements = elements
        }
    }
}

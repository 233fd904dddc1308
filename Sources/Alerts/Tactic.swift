// SPDX-License-Identifier: Apache-2.0

/// A tactic of MITRE ATT&CK for Enterprise, under the short name ATT&CK itself uses (`x_mitre_shortname`).
public struct Tactic: Hashable, Sendable {
    /// Short name, such as `privilege-escalation`.
    public let name: String
    /// Id, such as `TA0004`.
    public let id: String
    /// Name for people, such as `Privilege Escalation`.
    public let title: String

    /// The tactics in the order of the matrix.
    ///
    /// ATT&CK v19 renamed TA0005 from Defense Evasion to Stealth and moved part of it to the new Defense Impairment;
    /// rules tagged for either version are read, and keep the name they use.
    public static let all: [Tactic] = [
        Tactic("reconnaissance", "TA0043", "Reconnaissance"),
        Tactic("resource-development", "TA0042", "Resource Development"),
        Tactic("initial-access", "TA0001", "Initial Access"),
        Tactic("execution", "TA0002", "Execution"),
        Tactic("persistence", "TA0003", "Persistence"),
        Tactic("privilege-escalation", "TA0004", "Privilege Escalation"),
        Tactic("stealth", "TA0005", "Stealth"),
        Tactic("defense-evasion", "TA0005", "Defense Evasion"),
        Tactic("defense-impairment", "TA0112", "Defense Impairment"),
        Tactic("credential-access", "TA0006", "Credential Access"),
        Tactic("discovery", "TA0007", "Discovery"),
        Tactic("lateral-movement", "TA0008", "Lateral Movement"),
        Tactic("collection", "TA0009", "Collection"),
        Tactic("command-and-control", "TA0011", "Command and Control"),
        Tactic("exfiltration", "TA0010", "Exfiltration"),
        Tactic("impact", "TA0040", "Impact"),
    ]

    private init(_ name: String, _ id: String, _ title: String) {
        self.name = name
        self.id = id
        self.title = title
    }

    /// The tactic a word names: its short name with `-`, `_` or spaces and in any case, or its id.
    public static func named(_ word: String) -> Tactic? {
        let folded = String(
            decoding: word.lowercased().utf8.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: " ") ? 0x2D : $0 },
            as: UTF8.self)
        return byWord[folded].map { all[$0] }
    }

    private static let byWord = Dictionary(
        all.enumerated().flatMap { [($1.name, $0), ($1.id.lowercased(), $0)] }, uniquingKeysWith: { first, _ in first })
}

// SPDX-License-Identifier: Apache-2.0
import Sigma
import Strategies

/// The techniques, tactics and platforms a document claims, by its block or by its prose.
struct CategorizationClaims {
    /// Technique ids.
    var techniques: [(id: String, location: SourceLocation)] = []
    /// Tactics by their short names.
    var tactics: [(name: String, location: SourceLocation)] = []
    /// Platforms in lower case.
    var platforms: [(name: String, location: SourceLocation)] = []

    init(_ document: StrategyDocument) {
        if let block = document.blocks.categorization {
            techniques = block.techniques.map { ($0, block.location) }
            tactics = block.tactics.map { (Self.tacticName($0), block.location) }
            platforms = block.platforms.map { ($0.lowercased(), block.location) }
            return
        }
        var seen: Set<String> = []
        for passage in document.sections(.categorization).flatMap(\.passages) {
            for id in Self.techniqueIDs(in: passage.text) where seen.insert(id).inserted {
                techniques.append((id, passage.location))
            }
            let text = passage.text.lowercased()
            if text.contains("tactic") || text.contains("kill chain") {
                let list = Self.afterColon(text).map(Self.tacticName)
                tactics += list.filter { Self.allTactics.contains($0) }.map { ($0, passage.location) }
            }
            if text.hasPrefix("platform") {
                let names = Self.afterColon(
                    (text.split(separator: ".").first.map(String.init) ?? text).replacing(" and ", with: ","))
                platforms += names.filter { Self.allPlatforms.contains($0) }.map { ($0, passage.location) }
            }
        }
    }

    /// Ids of the form `T1059` and `T1059.006` in a text, in order.
    static func techniqueIDs(in text: String) -> [String] {
        text.split { !$0.isLetter && !$0.isNumber && $0 != "." }.compactMap { word in
            let parts = word.split(separator: ".", omittingEmptySubsequences: true)
            guard let first = parts.first, first.count == 5, first.first == "T",
                first.dropFirst().allSatisfy(\.isNumber)
            else { return nil }
            guard parts.count > 1, parts[1].count == 3, parts[1].allSatisfy(\.isNumber) else { return String(first) }
            return first + "." + parts[1]
        }
    }

    /// A tactic's name as ATT&CK's data spells it.
    static func tacticName(_ text: String) -> String {
        text.lowercased().split { $0 == " " || $0 == "_" || $0 == "-" }.joined(separator: "-")
    }

    /// What ATT&CK calls a platform, in lower case.
    static func attackNames(of platform: String) -> Set<String> {
        switch platform {
        case "kubernetes", "docker", "container", "containers": ["containers"]
        case "network": ["network devices", "network"]
        case "mac", "osx", "os x": ["macos"]
        default: [platform]
        }
    }

    private static func afterColon(_ text: String) -> [String] {
        guard let colon = text.firstIndex(of: ":") else { return [] }
        return text[text.index(after: colon)...].split { ",;/".contains($0) }
            .map { $0.trimming { !$0.isLetter && !$0.isNumber } }.filter { !$0.isEmpty }
    }

    /// Names of platforms that prose uses; other words behind "Platforms:" are not taken for one.
    private static let allPlatforms: Set<String> = [
        "linux", "windows", "macos", "mac", "osx", "os x", "network", "network devices", "containers", "container",
        "docker", "kubernetes", "esxi", "iaas", "saas", "office suite", "identity provider", "pre",
    ]

    private static let allTactics: Set<String> = [
        "reconnaissance", "resource-development", "initial-access", "execution", "persistence",
        "privilege-escalation", "defense-evasion", "credential-access", "discovery", "lateral-movement", "collection",
        "command-and-control", "exfiltration", "impact",
    ]
}

extension Substring {
    /// The text without characters at its ends for which the test holds.
    func trimming(_ isTrimmed: (Character) -> Bool) -> String { String(self[...]).trimming(isTrimmed) }
}

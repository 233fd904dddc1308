// SPDX-License-Identifier: Apache-2.0
import Bytes
import Sigma

/// The names by which a strategy's document and cases refer to its rules.
///
/// A rule goes by its id, by its `name`, and by the name of its file without `.yml`. A file that holds several rules
/// stands for the one of them that gives alerts. Upper and lower case are the same.
public struct RuleNames: Sendable {
    /// What a name refers to.
    public enum Meaning: Sendable, Hashable {
        /// A rule, by its identifier: id, else name, else title.
        case rule(String)
        /// Several rules, by identifiers.
        case several([String])
        /// None; the name that comes nearest, if any does.
        case unknown(nearest: String?)
    }

    /// Identifiers by each name in lower case; ids before names, names before files.
    private var tables: [[String: [String]]] = [[:], [:], [:]]
    private var spellings: [String] = []

    /// Collects the names of the rules and correlations of a set.
    public init(_ rules: RuleSet) {
        let ordinary = rules.rules.enumerated().map { ($1.metadata, rules.silentRules.contains($0)) }
        let correlations = rules.correlations.map { ($0.correlation.metadata, $0.isSilent) }
        var silentFiles: [String: [String]] = [:]
        for (metadata, isSilent) in ordinary + correlations {
            let identifier = metadata.identifier
            add(metadata.id ?? "", identifier, to: 0)
            add(metadata.name ?? metadata.title, identifier, to: 1)
            let file = Self.stem(of: metadata.location.file)
            if isSilent { silentFiles[file, default: []].append(identifier) } else { add(file, identifier, to: 2) }
        }
        // Only a file none of whose rules alerts stands for the silent ones.
        for (file, identifiers) in silentFiles where tables[2][file.lowercased()] == nil {
            for identifier in identifiers { add(file, identifier, to: 2) }
        }
        spellings = Array(Set(spellings)).sorted()
    }

    private mutating func add(_ name: String, _ identifier: String, to table: Int) {
        guard !name.isEmpty else { return }
        tables[table][name.lowercased(), default: []].append(identifier)
        // Nobody mistypes a title or remembers half an id.
        if table > 0, !name.contains(" ") { spellings.append(name) }
    }

    /// What a name refers to.
    public func meaning(of name: String) -> Meaning {
        let key = name.lowercased()
        for table in tables {
            guard let found = table[key] else { continue }
            let distinct = Array(Set(found)).sorted()
            return distinct.count == 1 ? .rule(distinct[0]) : .several(distinct)
        }
        return .unknown(nearest: NearestName.to(name, among: spellings))
    }

    /// The name of a file without folder and ending.
    private static func stem(of file: String) -> String {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        for ending in [".yml", ".yaml"] where name.hasSuffix(ending) { return String(name.dropLast(ending.count)) }
        return name
    }
}

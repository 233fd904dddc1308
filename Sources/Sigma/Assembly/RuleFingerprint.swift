// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What a rule or a correlation is known by in every run: what it is called, and a digest of what it looks for.
///
/// The digest does not change with comments, line numbers, levels or anything else that is only read by people.
package struct RuleFingerprint: Hashable, Sendable {
    /// Its id, else name, else title.
    package var identifier: String
    /// What it looks for; for a correlation also what its members look for.
    package var digest: SipHash.Digest

    /// Names a rule.
    package init(identifier: String, digest: SipHash.Digest) {
        self.identifier = identifier
        self.digest = digest
    }
}

extension RuleSet {
    /// The fingerprint of a rule; costs as much as writing the rule down.
    package func fingerprint(ofRule number: Int) -> RuleFingerprint {
        var writer = PackWriter(keepsLocations: false)
        var logsource = rules[number].logsource
        logsource.definition = nil
        writer.put(logsource)
        writer.put(rules[number].detection)
        return RuleFingerprint(identifier: rules[number].metadata.identifier, digest: writer.digest)
    }

    /// The fingerprints of all correlations, in their order.
    package func correlationFingerprints() -> [RuleFingerprint] {
        var known: [Int: RuleFingerprint] = [:]
        var keys: [RuleFingerprint] = []
        for resolved in correlations {
            var definition = resolved.correlation
            definition.metadata = Metadata(title: "", location: SourceLocation(file: ""))
            // Whether members alert on their own is not for the correlation.
            definition.generate = false
            var writer = PackWriter(keepsLocations: false)
            writer.put(definition)
            for member in resolved.members {
                switch member {
                case .rule(let rule):
                    let key = known[rule] ?? fingerprint(ofRule: rule)
                    known[rule] = key
                    writer.put(key)
                case .correlation(let inner): writer.put(keys[inner])
                }
            }
            keys.append(RuleFingerprint(identifier: resolved.correlation.metadata.identifier, digest: writer.digest))
        }
        return keys
    }

    /// A digest of some rules, whatever their order.
    package func digest(ofRules numbers: some Sequence<Int>) -> SipHash.Digest {
        numbers.reduce(SipHash.Digest(low: 0, high: 0)) { sum, number in
            var writer = PackWriter(keepsLocations: false)
            writer.put(fingerprint(ofRule: number))
            let own = writer.digest
            return SipHash.Digest(low: sum.low &+ own.low, high: sum.high &+ own.high)
        }
    }
}

extension PackWriter {
    fileprivate mutating func put(_ key: RuleFingerprint) {
        put(key.identifier)
        put(word: key.digest.low)
        put(word: key.digest.high)
    }

    /// A digest of what was written.
    fileprivate var digest: SipHash.Digest { SipHash.unkeyed.digest(of: payload(files: []) ?? records) }
}

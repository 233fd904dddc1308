// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

extension AlertFolder {
    /// Writes the open alerts, what was told of each, and what was counted.
    ///
    /// `rules` are those of the run, `policy` is what judged its findings: rules and suppressions are written by their ids.
    public func save(to writer: inout StateWriter, rules: RuleSet, policy: AlertPolicy) {
        writer.write(fixed: secret.key)
        writer.write(shared: folding.rawValue)
        writer.write(folded)
        writer.write(evicted)
        writer.write(clock.watermark)
        writer.write(clock.now)
        let places = open.all
        var templates: [ObjectIdentifier: Int] = [:]
        var list: [(RuleKey, AlertTemplate)] = []
        for place in places {
            guard let alert = open.alert(place), templates[ObjectIdentifier(alert.template)] == nil else { continue }
            templates[ObjectIdentifier(alert.template)] = list.count
            list.append((open[place].key.rule, alert.template))
        }
        writer.write(list) { writer, entry in
            writer.write(entry.0.isCorrelation)
            writer.write(shared: rules.identifier(of: entry.0))
            entry.1.save(to: &writer)
        }
        writer.write(places) { writer, place in
            guard let alert = open.alert(place) else { return }
            writer.write(templates[ObjectIdentifier(alert.template)] ?? 0)
            open[place].save(to: &writer, policy)
            alert.save(to: &writer)
        }
    }

    /// Takes up what was saved, in the place of everything known so far; gives sentences that say what was not matched.
    ///
    /// An alert whose rule is gone, or whose criterion or suppression is another now, is closed and told.
    ///
    /// - Throws: `StateError`; then nothing has changed.
    public mutating func restore(
        from reader: inout StateReader, rules: RuleSet, policy: AlertPolicy, into changes: inout [AlertChange]
    ) throws(StateError) -> [String] {
        let secret = Secret(key: try reader.readFixed())
        guard let folding = Folding(rawValue: try reader.readShared()) else { throw .torn }
        guard folding == self.folding else {
            throw StateError(
                .otherRules, "the saved alerts were folded by \(folding.rawValue), not by \(self.folding.rawValue)")
        }
        var fresh = AlertFolder(
            vocabulary: vocabulary, limits: limits, folding: folding, wants: wants, secret: secret)
        fresh.folded = try reader.readCounter()
        fresh.evicted = try reader.readCounter()
        let watermark = try reader.readTimestamp()
        fresh.clock.advance(to: StreamTime(watermark: watermark, now: try reader.readTimestamp()))
        let known = rules.keysByIdentifier
        let templates = try reader.readList(size: 8) { reader throws(StateError) in
            let isCorrelation = try reader.readBool()
            let identifier = try reader.readShared()
            return (
                key: known[isCorrelation]?[identifier], identifier: identifier,
                template: try AlertTemplate(from: &reader)
            )
        }
        var dropped: [String: Int] = [:]
        var told: [AlertChange] = []
        for _ in 0..<(try reader.readCount(size: 8)) {
            let saved = templates[try reader.readInt(in: 0..<templates.count)]
            var (node, isSame) = try OpenAlerts.Node.restored(from: &reader, saved.key, saved.template, policy)
            let alert = try OpenAlert(from: &reader, saved.template, vocabulary: vocabulary)
            isSame = isSame && saved.key.map { fresh.isJudgedTheSame(alert, node.key.distinction, $0, policy) } ?? false
            if isSame {
                fresh.takeUp(node, alert)
            } else {
                dropped[saved.identifier, default: 0] += 1
                told.append(
                    AlertChange(
                        .closed, number: UInt64(node.tally.count) + 1,
                        alert: alert.alert(node.tally, node.values, node.sources, vocabulary)))
            }
        }
        self = fresh
        changes += told
        return dropped.sorted { $0.key < $1.key }.map { identifier, count in
            "\(count == 1 ? "an alert" : "\(count) alerts") of the rule \(identifier) closed, because it is gone or judged "
                + "otherwise"
        }
    }

    /// Whether an alert's level has the reason it had.
    private func isJudgedTheSame(
        _ alert: OpenAlert, _ distinction: Verdict.Distinction, _ rule: RuleKey, _ policy: AlertPolicy
    ) -> Bool {
        guard let criterion = distinction.criterion else { return true }
        return policy.hasCriterion(criterion, because: alert.priority.because, for: rule)
    }

    /// Opens an alert as it was, the newest so far.
    private mutating func takeUp(_ node: OpenAlerts.Node, _ alert: OpenAlert) {
        if let twin = open.place(node.key) { open.remove(twin) }
        let place = open.insert(node, alert)
        clock.expect(open.ticket(place), after: quiet(place), limits.gapSeconds, open: open)
        if node.isThrottled { clock.hold(open.ticket(place), limits.updateInterval, open: open) }
    }
}

extension RuleKey {
    var isCorrelation: Bool { if case .correlation = self { true } else { false } }
}

extension RuleSet {
    fileprivate func identifier(of key: RuleKey) -> String {
        switch key {
        case .rule(let number): rules[number].metadata.identifier
        case .correlation(let number): correlations[number].correlation.metadata.identifier
        }
    }

    /// The rules and correlations by identifier; of several that share one, the first.
    fileprivate var keysByIdentifier: [Bool: [String: RuleKey]] {
        func byIdentifier(_ list: some Sequence<Metadata>, _ key: (Int) -> RuleKey) -> [String: RuleKey] {
            Dictionary(
                list.enumerated().map { ($1.identifier, key($0)) }, uniquingKeysWith: { first, _ in first })
        }
        return [
            false: byIdentifier(rules.map(\.metadata)) { .rule($0) },
            true: byIdentifier(correlations.map(\.correlation.metadata)) { .correlation($0) },
        ]
    }
}

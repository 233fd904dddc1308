// SPDX-License-Identifier: Apache-2.0
import Events

extension AlertFolder {
    /// Time has passed: closes what has been quiet for the gap, and tells what was held back.
    ///
    /// Costs nothing for alerts that need neither.
    public mutating func advance(to time: StreamTime, into changes: inout [AlertChange]) {
        clock.advance(to: time)
        while let ticket = clock.nextExpected() {
            guard let place = open.place(ticket) else { continue }
            if quiet(place) == .unknown { open[place].quietSince = clock.watermark }
            let end = quiet(place).advanced(bySeconds: limits.gapSeconds)
            if end < clock.watermark {
                close(place, into: &changes)
            } else {
                clock.expect(ticket, at: end)
            }
        }
        while let ticket = clock.nextHeld() {
            guard let place = open.place(ticket) else { continue }
            open[place].isThrottled = false
            if open[place].isHeld { tell(.updated, place, into: &changes) }
        }
    }

    /// Tells that an alert grew: now, when nothing was told for a while or the count has doubled; else later.
    mutating func tellGrowth(_ place: Int, into changes: inout [AlertChange]) {
        if wants == .all {
            let count = open[place].tally.count
            if count & (count - 1) == 0 || !open[place].isThrottled {
                tell(.updated, place, into: &changes)
            } else {
                open[place].isHeld = true
            }
        }
        makeRoom(into: &changes)
    }

    /// Tells what happened to an alert, as it is now.
    mutating func tell(_ kind: AlertChange.Kind, _ place: Int, into changes: inout [AlertChange]) {
        guard let alert = open.alert(place) else { return }
        let node = open[place]
        changes.append(
            AlertChange(
                kind, number: UInt64(node.tally.count) + (kind == .closed ? 1 : 0),
                alert: alert.alert(node.tally, node.values, node.sources, vocabulary)))
        guard kind != .closed else { return }
        open[place].isHeld = false
        guard !node.isThrottled else { return }
        open[place].isThrottled = true
        clock.hold(open.ticket(place), limits.updateInterval, open: open)
    }

    /// Closes an alert.
    mutating func close(_ place: Int, into changes: inout [AlertChange]) {
        tell(.closed, place, into: &changes)
        open.remove(place)
    }

    /// An alert of one finding, which is over at once.
    mutating func tellAlone(
        _ finding: Finding, from first: Timestamp, to last: Timestamp, into changes: inout [AlertChange]
    ) {
        let key = OpenAlerts.Key(rule: finding.key, entity: finding.entityKey, distinction: finding.distinction)
        let (node, one) = opened(finding, key, from: first, to: last)
        let alert = one.alert(node.tally, node.values, node.sources, vocabulary)
        if wants == .all { changes.append(AlertChange(.opened, number: 1, alert: alert)) }
        changes.append(AlertChange(.closed, number: 2, alert: alert))
    }

    /// Closes the alerts quiet longest until the bounds hold.
    mutating func makeRoom(into changes: inout [AlertChange]) {
        // The newest stays, however large: it is the one at hand.
        while open.count > 1, open.count > limits.openAlerts || open.evidence > limits.evidenceBytes {
            evicted += 1
            close(open.oldest, into: &changes)
        }
    }

    /// An alert without a time of its own is as old as what came with it.
    mutating func touch(_ place: Int) {
        if open[place].tally.last == .unknown { open[place].quietSince = clock.watermark }
    }

    /// Since when, in time of events, nothing was heard of an alert.
    func quiet(_ place: Int) -> Timestamp {
        open[place].tally.last == .unknown ? open[place].quietSince : open[place].tally.last
    }
}

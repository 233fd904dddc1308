// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Sigma
import Strategies

/// An alert as an OCSF Detection Finding (class 2004).
struct OCSFFinding: JSONRepresentable {
    /// The version of OCSF that is written.
    static let version = "1.8.0"

    let json: JSONValue

    /// What happened to the finding (`activity_id`).
    enum Activity: Int64 {
        case create = 1, update, close

        init(_ kind: AlertChange.Kind) {
            self =
                switch kind {
                case .opened: .create
                case .updated: .update
                case .closed: .close
                }
        }

        var name: String {
            switch self {
            case .create: "Create"
            case .update: "Update"
            case .close: "Close"
            }
        }
    }

    init(_ change: AlertChange, activity: Activity = .create, productVersion: String, now: Timestamp) {
        let alert = change.alert
        let evidences = alert.events.map(OCSFEvidence.init)
        let host = alert.events.lazy.compactMap(\.hostName).first
        let hasContainer = evidences.contains { $0.json["container"] != nil }
        let status = Self.status(alert, activity)
        json = .compact([
            "activity_id": .integer(activity.rawValue), "activity_name": .string(activity.name), "category_uid": 2,
            "category_name": "Findings",
            "class_uid": 2004, "class_name": "Detection Finding", "type_uid": .integer(200_400 + activity.rawValue),
            "type_name": .string("Detection Finding: \(activity.name)"),
            "time": Self.milliseconds(alert.lastSeen ?? now),
            "start_time": alert.firstSeen.map(Self.milliseconds), "end_time": alert.lastSeen.map(Self.milliseconds),
            "severity_id": .integer(Self.severity(alert.level)),
            "severity": .string(alert.level.rawValue.capitalizedASCII),
            "status_id": .integer(status.id), "status": .string(status.name),
            "status_detail": status.detail.map(JSONValue.string),
            "is_alert": .boolean(alert.suppressed == nil), "count": .integer(Int64(alert.count)),
            "message": .string("\(alert.rule.title): \(alert.entity.id)"),
            "metadata": [
                "version": .string(Self.version),
                "product": ["name": "Vedette", "vendor_name": "Vedette", "version": .string(productVersion)],
                "profiles": .strings(["host"] + (hasContainer ? ["container"] : [])), "uid": .string(alert.id),
            ],
            "finding_info": Self.findingInfo(alert), "remediation": Self.remediation(alert.guidance),
            "device": host.map { ["hostname": .string($0), "type_id": 0, "type": "Unknown"] },
            "evidences": evidences.isEmpty ? nil : .array(evidences.map(\.json)),
            "observables": OCSFObservables(evidences.map(\.json)).json,
            "unmapped": [
                "vedette": [
                    "entity": alert.entity.json, "why": .array(alert.why.map(\.json)),
                    "priority": alert.priority.json,
                    "suppressed": alert.suppressed?.json ?? .null, "strategy": alert.strategyJSON ?? .null,
                    "correlation": alert.correlation?.json ?? .null,
                    "source": alert.source?.json ?? .null, "change": change.changeJSON,
                    "differing": .array(alert.differing.map(\.json)), "sources": .array(alert.sources.map(\.json)),
                    "more_sources": .integer(Int64(alert.moreSources)),
                    "rule": ["path": .string(alert.rule.path), "line": .integer(Int64(alert.rule.line))],
                ]
            ],
        ])
    }

    /// OCSF's words for what was done about a finding; that nothing more comes is not among them, for nobody has looked
    /// at it yet: 99 is "other".
    private static func status(_ alert: Alert, _ activity: Activity) -> (id: Int64, name: String, detail: String?) {
        if let suppressed = alert.suppressed { return (3, "Suppressed", "suppressed by \(suppressed.id)") }
        if activity == .close { return (99, "Closed", "nothing more comes under this id") }
        return (1, "New", nil)
    }

    /// OCSF counts milliseconds since the epoch.
    static func milliseconds(_ time: Timestamp) -> JSONValue { .integer(time.nanoseconds / 1_000_000) }

    private static func severity(_ level: Level) -> Int64 { Int64(level.rank) + 1 }

    /// The steps of the response, one a line.
    private static func remediation(_ guidance: Guidance) -> JSONValue? {
        guard !guidance.response.isEmpty else { return nil }
        let lines = guidance.response.enumerated().map { index, step in
            "\(index + 1). \(step.action)" + (step.command.map { "\n   \($0)" } ?? "")
        }
        return ["desc": .string(lines.joined(separator: "\n"))]
    }

    private static func findingInfo(_ alert: Alert) -> JSONValue {
        let attacks = attacks(alert.attack)
        return .compact([
            "uid": .string(alert.id), "title": .string(alert.rule.title),
            "desc": alert.rule.description.map(JSONValue.string),
            "types": .strings([alert.correlation == nil ? "Sigma rule" : "Sigma correlation"]),
            "analytic": .compact([
                "type_id": 1, "type": "Rule", "uid": .string(alert.rule.identifier),
                "name": .string(alert.rule.title), "desc": alert.rule.description.map(JSONValue.string),
            ]),
            "attacks": attacks.isEmpty ? nil : .array(attacks),
            "first_seen_time": alert.firstSeen.map(milliseconds), "last_seen_time": alert.lastSeen.map(milliseconds),
            "created_time": alert.lastSeen.map(milliseconds),
            "data_sources": alert.source.map { .strings([$0.logsource]) },
            "related_events_count": .integer(Int64(alert.count)),
            "src_url": alert.rule.references.first { $0.hasPrefix("https://") }.map(JSONValue.string),
        ])
    }

    /// Tags do not say which tactic a technique serves: a single tactic goes with each, several stand for themselves.
    private static func attacks(_ mapping: AttackMapping) -> [JSONValue] {
        let tactics = mapping.tactics.compactMap(Tactic.named)
        let shared = tactics.count == 1 ? tactics.first.map(tactic) : nil
        let techniques = mapping.techniques.map { technique in
            JSONValue.compact([
                "technique": .compact([
                    "uid": .string(technique.parent),
                    "name": technique.id == technique.parent ? technique.name.map(JSONValue.string) : nil,
                ]),
                "sub_technique": technique.id == technique.parent
                    ? nil
                    : .compact(["uid": .string(technique.id), "name": technique.name.map(JSONValue.string)]),
                "tactic": shared,
            ])
        }
        let alone =
            shared != nil && !techniques.isEmpty ? [] : tactics.map { JSONValue.compact(["tactic": tactic($0)]) }
        return techniques + alone
    }

    private static func tactic(_ tactic: Tactic) -> JSONValue {
        ["uid": .string(tactic.id), "name": .string(tactic.title)]
    }
}

extension String {
    /// The first letter in upper case; for words that are ASCII.
    var capitalizedASCII: String { prefix(1).uppercased() + dropFirst() }
}

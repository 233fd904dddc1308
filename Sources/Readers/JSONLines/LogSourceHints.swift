// SPDX-License-Identifier: Apache-2.0
import Events

/// Log sources that well-known keys give away, for records of no shape of their own.
///
/// Only sets of keys that no other source has; the first entry whose keys are all there decides.
struct LogSourceHints {
    /// The table.
    static let entries: [(keys: [String], source: LogSource)] = [
        (["eventSource", "eventName", "awsRegion"], LogSource(product: "aws", service: "cloudtrail")),
        (["protoPayload.methodName", "protoPayload.serviceName"], LogSource(product: "gcp", service: "gcp.audit")),
        (
            ["id.applicationName", "events.name", "actor.email"],
            LogSource(product: "gcp", service: "google_workspace.admin")
        ),
        (
            ["userPrincipalName", "appDisplayName", "conditionalAccessStatus"],
            LogSource(product: "azure", service: "signinlogs")
        ),
        (["riskEventType", "riskState"], LogSource(product: "azure", service: "riskdetection")),
        (
            ["operationName", "category", "correlationId", "loggedByService"],
            LogSource(product: "azure", service: "auditlogs")
        ),
        (["OperationNameValue", "ActivityStatusValue"], LogSource(product: "azure", service: "activitylogs")),
        (
            ["operationName", "resourceId", "resultType", "identity.authorization.action"],
            LogSource(product: "azure", service: "activitylogs")
        ),
        (
            ["eventType", "legacyEventType", "actor.alternateId", "outcome.result"],
            LogSource(product: "okta", service: "okta")
        ),
        (["action", "actor", "_document_id", "created_at"], LogSource(product: "github", service: "audit")),
        (["CreationTime", "Operation", "Workload", "RecordType"], LogSource(product: "m365", service: "audit")),
        (["auditType.area", "auditType.action", "author.name"], LogSource(product: "bitbucket", service: "audit")),
        (
            ["account_id", "event_type_id", "operation_name"],
            LogSource(product: "onelogin", service: "onelogin.events")
        ),
        (["node_id", "logtype", "logdata", "dst_port"], LogSource(product: "opencanary", category: "application")),
        (
            ["ts", "uid", "id.orig_h", "id.resp_h", "qtype_name"],
            LogSource(product: "zeek", category: "dns", service: "dns")
        ),
        (["ts", "certificate.subject", "certificate.issuer"], LogSource(product: "zeek", service: "x509")),
        (
            ["ts", "uid", "id.orig_h", "id.resp_h", "status_code", "trans_depth"],
            LogSource(product: "zeek", service: "http")
        ),
        (
            ["ts", "uid", "id.orig_h", "id.resp_h", "operation", "endpoint"],
            LogSource(product: "zeek", service: "dce_rpc")
        ),
        (
            ["ts", "uid", "id.orig_h", "id.resp_h", "request_type", "service"],
            LogSource(product: "zeek", service: "kerberos")
        ),
        (
            ["ts", "uid", "id.orig_h", "id.resp_h", "cookie", "security_protocol"],
            LogSource(product: "zeek", service: "rdp")
        ),
        (["ts", "uid", "id.orig_h", "id.resp_h", "action", "path"], LogSource(product: "zeek", service: "smb_files")),
        (["ts", "uid", "id.orig_h", "id.resp_h", "conn_state"], LogSource(product: "zeek", service: "conn")),
        (["ts", "uid", "id.orig_h", "id.resp_h"], LogSource(product: "zeek")),
        (["c-uri", "cs-method", "cs-host"], LogSource(category: "proxy")),
        (["cs-method", "cs-uri-stem", "s-ip"], LogSource(category: "webserver")),
    ]

    /// A bit for each key of the table; there are fewer than 64.
    static let bit: [String: UInt8] = {
        var bits: [String: UInt8] = [:]
        for entry in entries {
            for key in entry.keys where bits[key] == nil && bits.count < 64 { bits[key] = UInt8(bits.count) }
        }
        return bits
    }()

    private let masks: [(mask: UInt64, source: LogSourceID)]

    init(_ vocabulary: Vocabulary) {
        masks = Self.entries.map { entry in
            // A key without a bit would make its entry hold too easily: such an entry never holds.
            let mask = entry.keys.reduce(into: UInt64(0)) { mask, key in
                mask |= Self.bit[key].map { 1 << UInt64($0) } ?? .max
            }
            return (mask, vocabulary.source(entry.source))
        }
    }

    /// The log source of a record with these keys.
    func source(_ keys: UInt64) -> LogSourceID? {
        for entry in masks where keys & entry.mask == entry.mask { return entry.source }
        return nil
    }
}

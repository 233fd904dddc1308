// SPDX-License-Identifier: Apache-2.0

/// Fields of Kubernetes audit events, plain and below `event`.
enum KubernetesField: UInt8, KnownFieldSet {
    case kind, verb, objectRef, requestURI, auditID, involvedObject, items, event, wrappedVerb
    case wrappedObjectRef, wrappedRequestURI, wrappedAuditID, stage

    static let group = KnownFieldGroup.kubernetes

    var names: [String] {
        switch self {
        case .kind: ["kind"]
        case .verb: ["verb"]
        case .objectRef: ["objectRef"]
        case .requestURI: ["requestURI"]
        case .auditID: ["auditID"]
        case .involvedObject: ["involvedObject"]
        case .items: ["items"]
        case .event: ["event", "kubernetes.audit"]
        case .wrappedVerb: ["event.verb", "kubernetes.audit.verb"]
        case .wrappedObjectRef: ["event.objectRef", "kubernetes.audit.objectRef"]
        case .wrappedRequestURI: ["event.requestURI", "kubernetes.audit.requestURI"]
        case .wrappedAuditID: ["event.auditID", "kubernetes.audit.auditID"]
        case .stage: ["stage", "event.stage"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func kubernetes(_ field: KubernetesField) -> KnownField { KnownField(field) }
}

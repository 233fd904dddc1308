// SPDX-License-Identifier: Apache-2.0

/// Where an event says which host it happened on.
public enum HostFields {
    /// The fields that name the host, best first.
    ///
    /// `host.name` is what a reader or shipper knows for sure, `Computer` what Windows writes, `node` what auditd writes.
    public static let inOrder: [FieldID] = [.hostName, .computer, .node]
}

extension EventBatch {
    /// The slot that names the host an event happened on; nil when nothing does.
    public func host(of event: Int) -> Slot? {
        for field in HostFields.inOrder {
            if let slot = slot(field, of: event), slot.kind != .null, slot.length > 0 { return slot }
        }
        return nil
    }
}

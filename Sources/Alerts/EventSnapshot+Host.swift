// SPDX-License-Identifier: Apache-2.0
import Events

extension EventSnapshot {
    /// The host the event happened on; nil when it names none.
    public var hostName: String? {
        for field in HostFields.inOrder {
            if let name = fields.text(FieldCatalogue.names[Int(field.rawValue)]), !name.isEmpty { return name }
        }
        return nil
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What an opened input turned out to be: all its reader needs to know.
struct InputContent: Sendable, Hashable {
    var format: Format
    /// Whether it is event XML from its first byte on, as opposed to lines with XML in them.
    var isBareXML: Bool
    /// Seconds since the epoch of the input's last change, where there is such a thing.
    var newest: Int64?
}

// SPDX-License-Identifier: Apache-2.0

/// What an input holds.
public enum Format: String, Sendable, CaseIterable, Hashable {
    /// Linux audit records, one a line, plain or behind a syslog header.
    case auditd
    /// Windows event XML as Sysmon writes it: bare, or one event a line behind a syslog header.
    case sysmonXML = "sysmon-xml"
    /// JSON, one document a line.
    case jsonLines = "json-lines"
    /// JSON documents over several lines, one behind the other, or in an array.
    case json
    /// Plain syslog lines; audit records and event XML among them are read as such.
    case text
    /// A Windows event log.
    case evtx
    /// Nothing at all.
    case empty
    /// None of these.
    case binary
}

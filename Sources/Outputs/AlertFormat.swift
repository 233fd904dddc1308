// SPDX-License-Identifier: Apache-2.0

/// The formats alerts are written in.
public enum AlertFormat: String, Sendable, CaseIterable {
    /// For people at a terminal.
    case table
    /// One alert a line, as `docs/reference/alerts.md` describes it.
    case jsonl
    /// One OCSF Detection Finding a line.
    case ocsf
    /// A timeline, one row an event.
    case csv
    /// One page for a browser.
    case html

    /// What files of this format are usually called.
    var fileExtension: String {
        switch self {
        case .table: "txt"
        case .jsonl, .ocsf: "jsonl"
        case .csv: "csv"
        case .html: "html"
        }
    }
}

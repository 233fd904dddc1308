// SPDX-License-Identifier: Apache-2.0

/// Rows of comma-separated values (RFC 4180) that no spreadsheet takes for more than text.
enum CSV {
    /// A row with its line end, which the standard wants to be CR LF.
    static func row(_ cells: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(cell, to: &bytes)
        }
        bytes.append(contentsOf: [0x0D, 0x0A])
        return bytes
    }

    /// Appends a cell.
    ///
    /// Spreadsheets run what starts like a formula, so such a cell starts with an apostrophe, which they take for "this is
    /// text" (OWASP, "CSV Injection"). Line ends, controls and direction overrides become visible escapes: a row is a
    /// line, and the file may be shown on a terminal.
    private static func append(_ cell: String, to bytes: inout [UInt8]) {
        let text = (isFormula(cell) ? "'" : "") + Displayed(cell).description
        let isQuoted = text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") }
        guard isQuoted else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Also the full-width forms, which some spreadsheets read as the plain ones.
    private static func isFormula(_ cell: String) -> Bool {
        guard let first = cell.unicodeScalars.first else { return false }
        return ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"].contains(first)
    }
}

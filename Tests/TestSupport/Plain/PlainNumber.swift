// SPDX-License-Identifier: Apache-2.0
import Events
import Sigma

/// A number of a rule or an event.
enum PlainNumber: Equatable {
    case integer(Int64)
    case real(Double)

    /// Reads `-12`, `+3.5`, `1e6`: an optional sign, digits, an optional fraction and exponent, nothing else.
    init?(text: String) {
        let parts = Self.unsigned(text[...]).split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let exponent = parts.dropFirst().map { Self.unsigned($0) }
        guard mantissa.count <= 2, exponent.count <= 1, (mantissa + exponent).allSatisfy({ Self.isDigits($0) }) else {
            return nil
        }
        if let whole = Int64(text) {
            self = .integer(whole)
        } else if let real = Double(text) {
            self = .real(real)
        } else {
            return nil
        }
    }

    private static func unsigned(_ text: Substring) -> Substring {
        text.unicodeScalars.first == "+" || text.unicodeScalars.first == "-" ? text.dropFirst() : text
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Reads a rule's value.
    init?(_ value: Value) {
        switch value {
        case .integer(let whole): self = .integer(whole)
        case .float(let real): self = .real(real)
        case .string(let text): self.init(text: text)
        case .pattern(let pattern):
            guard let text = pattern.plainText else { return nil }
            self.init(text: text)
        case .boolean, .null: return nil
        }
    }

    /// Reads an event's value: a number, or a string that is one.
    init?(_ value: PlainValue) {
        guard value.isNumber || value.kind == .string,
            let text = String(validating: value.bytes, as: UTF8.self)
        else { return nil }
        self.init(text: text)
    }

    /// The number in decimal.
    var text: String {
        switch self {
        case .integer(let whole): "\(whole)"
        case .real(let real): "\(real)"
        }
    }

    /// The number as a floating-point one.
    var real: Double {
        switch self {
        case .integer(let whole): Double(whole)
        case .real(let real): real
        }
    }

    /// Compares whole numbers exactly and any others as floating-point ones.
    func compare(_ comparison: PlainComparison, _ other: PlainNumber) -> Bool {
        if case .integer(let a) = self, case .integer(let b) = other { return comparison.holds(a, b) }
        return comparison.holds(real, other.real)
    }
}

/// How an event's number is compared with the rule's.
enum PlainComparison: Equatable {
    case equal, less, lessOrEqual, greater, greaterOrEqual

    func holds<Number: Comparable>(_ a: Number, _ b: Number) -> Bool {
        switch self {
        case .equal: a == b
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        case .greaterOrEqual: a >= b
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
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

/// A part of a date.
enum PlainTimePart {
    case minute, hour, day, week, month, year

    /// The part of a date and time as it is written, without any conversion of zone; nil when the text is no date.
    func read(_ bytes: [UInt8]) -> Int64? {
        let form =
            "^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})"
            + "([.,][0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?$"
        guard let text = String(validating: bytes, as: UTF8.self), !text.hasSuffix("\n"),
            text.range(of: form, options: .regularExpression) != nil
        else { return nil }
        let numbers = [(0, 4), (5, 2), (8, 2), (11, 2), (14, 2), (17, 2)].compactMap { start, count in
            Int64(text.dropFirst(start).prefix(count))
        }
        guard numbers.count == 6, numbers[3] < 24, numbers[4] < 60, numbers[5] <= 60,
            let week = Self.week(year: numbers[0], month: numbers[1], day: numbers[2])
        else { return nil }
        switch self {
        case .minute: return numbers[4]
        case .hour: return numbers[3]
        case .day: return numbers[2]
        case .week: return week
        case .month: return numbers[1]
        case .year: return numbers[0]
        }
    }

    /// The ISO 8601 week of a day; nil when there is no such day.
    private static func week(year: Int64, month: Int64, day: Int64) -> Int64? {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        let wanted = DateComponents(year: Int(year), month: Int(month), day: Int(day))
        guard let date = calendar.date(from: wanted),
            calendar.component(.day, from: date) == Int(day), calendar.component(.month, from: date) == Int(month)
        else { return nil }
        return Int64(calendar.component(.weekOfYear, from: date))
    }
}

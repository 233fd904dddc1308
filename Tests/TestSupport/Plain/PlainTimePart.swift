// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A part of a date.
enum PlainTimePart {
    case minute, hour, day, week, month, year

    /// The part of a date and time as it is written, without any conversion of zone; nil when the text is no date.
    func read(_ bytes: [UInt8]) -> Int64? {
        guard let text = String(validating: bytes, as: UTF8.self), Self.form.matches(text) else { return nil }
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

    private static let form = Form(
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.,][0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})?\\z")

    /// An expression that is compiled once.
    private struct Form: Sendable {
        let expression: NSRegularExpression?

        init(_ text: String) { expression = try? NSRegularExpression(pattern: text) }

        func matches(_ text: String) -> Bool {
            expression?.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count)) != nil
        }
    }

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        return calendar
    }()

    /// The ISO 8601 week of a day; nil when there is no such day.
    private static func week(year: Int64, month: Int64, day: Int64) -> Int64? {
        let wanted = DateComponents(year: Int(year), month: Int(month), day: Int(day))
        guard let date = calendar.date(from: wanted),
            calendar.component(.day, from: date) == Int(day), calendar.component(.month, from: date) == Int(month)
        else { return nil }
        return Int64(calendar.component(.weekOfYear, from: date))
    }
}

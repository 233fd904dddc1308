// SPDX-License-Identifier: Apache-2.0
import Bytes

/// A part of a date, as the modifiers `minute` … `year` ask for it.
///
/// No time-zone conversion takes place: the digits the source wrote are what counts.
enum DatePart: Hashable, Sendable {
    case minute, hour, day, week, month, year

    /// The part of a date and time as `RFC3339` reads them; nil when the value is none.
    ///
    /// Weeks are ISO 8601's.
    func value(of span: Span<UInt8>) -> Int64? {
        guard RFC3339.nanoseconds(span) != nil, let year = decimal(span.extracting(0..<4)),
            let month = decimal(span.extracting(5..<7)),
            let day = decimal(span.extracting(8..<10))
        else { return nil }
        switch self {
        case .year: return year
        case .month: return month
        case .day: return day
        case .week: return Self.isoWeek(year: year, month: month, day: day)
        case .hour, .minute:
            return self == .hour ? decimal(span.extracting(11..<13)) : decimal(span.extracting(14..<16))
        }
    }

    /// Week of the year by ISO 8601: weeks begin on Monday, and the first holds the year's first Thursday.
    private static func isoWeek(year: Int64, month: Int64, day: Int64) -> Int64 {
        let ordinal = dayOfYear(year, month, day)
        let weekday = weekday(year, month, day)
        let week = (ordinal - weekday + 10) / 7
        if week < 1 { return weeks(in: year - 1) }
        return week > weeks(in: year) ? 1 : week
    }

    private static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func dayOfYear(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let before: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        return before[Int(month) - 1] + day + (month > 2 && isLeap(year) ? 1 : 0)
    }

    /// 1 for Monday to 7 for Sunday (Sakamoto's method).
    private static func weekday(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shift: [Int64] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let y = month < 3 ? year - 1 : year
        let sunday = (y + y / 4 - y / 100 + y / 400 + shift[Int(month) - 1] + day) % 7
        return sunday == 0 ? 7 : sunday
    }

    private static func weeks(in year: Int64) -> Int64 {
        let first = weekday(year, 1, 1)
        return first == 4 || (first == 3 && isLeap(year)) ? 53 : 52
    }
}

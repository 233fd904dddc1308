// SPDX-License-Identifier: Apache-2.0

/// Dates without Foundation.
///
/// RFC 3339 and its usual neighbours to nanoseconds since the epoch, and back.
public enum RFC3339 {
    /// Reads `2026-11-21T20:24:05.123456789Z`, with `T`, `t` or a space, any fraction (or none, after `.` or `,`), `Z`,
    /// an offset `+01:00` or `+0100`, or nothing, which is taken as UTC.
    ///
    /// Nil for anything else.
    public static func nanoseconds(_ span: Span<UInt8>) -> Int64? {
        guard span.count >= 19 else { return nil }
        // SAFETY: 19 bytes are there, as was just checked.
        let bytes = unsafe span.bytes
        // PERF: three loads and no loop; each digit that is none leaves a bit in `wrong`.
        let date = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt64.self).littleEndian
        let middle = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 8, as: UInt64.self).littleEndian
        let end = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 11, as: UInt64.self).littleEndian
        var wrong: UInt64 = 0
        let year = pair(date, 0, &wrong) &* 100 &+ pair(date, 2, &wrong)
        let month = pair(date, 5, &wrong)
        let day = pair(middle, 0, &wrong)
        let hour = pair(middle, 3, &wrong)
        let minute = pair(end, 3, &wrong)
        let second = pair(end, 6, &wrong)
        guard wrong == 0, byte(date, 4) == UInt8(ascii: "-"), byte(date, 7) == UInt8(ascii: "-"),
            byte(middle, 5) == UInt8(ascii: ":"), byte(end, 5) == UInt8(ascii: ":"),
            byte(middle, 2) | 0x20 == UInt8(ascii: "t") || byte(middle, 2) == UInt8(ascii: " "),
            month >= 1, month <= 12, day >= 1, day <= length(ofMonth: month, year), hour < 24, minute < 60, second <= 60
        else { return nil }
        var index = 19
        var fraction: Int64 = 0
        if index < span.count, span[index] == UInt8(ascii: ".") || span[index] == UInt8(ascii: ",") {
            index += 1
            var scale: Int64 = 100_000_000
            let start = index
            while index < span.count, span[index] &- UInt8(ascii: "0") < 10 {
                fraction += Int64(span[index] &- UInt8(ascii: "0")) * scale
                scale /= 10
                index += 1
            }
            guard index > start else { return nil }
        }
        guard let offset = offset(span, from: index) else { return nil }
        let days = daysFromCivil(year: year, month: month, day: day)
        let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second) - offset
        let (scaled, overflowed) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (whole, carried) = scaled.addingReportingOverflow(fraction)
        return overflowed || carried ? nil : whole
    }

    /// Writes `2026-11-21T20:24:05.123456789Z`.
    ///
    /// UTC, with as many digits of fraction as are not zero, in groups of three.
    public static func string(nanoseconds: Int64) -> String {
        let seconds = nanoseconds.floorDivided(by: 1_000_000_000)
        // Not nanoseconds - seconds * 10^9: that product overflows just above Int64.min.
        let remainder = nanoseconds % 1_000_000_000
        let fraction = remainder < 0 ? remainder + 1_000_000_000 : remainder
        let days = seconds.floorDivided(by: 86_400)
        let rest = seconds - days * 86_400
        let (year, month, day) = civil(fromDays: days)
        var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
        text += "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
        if fraction != 0 {
            var digits = padded(fraction, 9)
            while digits.hasSuffix("000") { digits.removeLast(3) }
            text += "." + digits
        }
        return text + "Z"
    }

    /// One byte of eight.
    @inline(__always)
    private static func byte(_ word: UInt64, _ index: UInt64) -> UInt8 {
        UInt8(truncatingIfNeeded: word &>> (index &* 8))
    }

    /// The value of two digits from a place of eight bytes on; bits are left in `wrong` when one of them is none.
    @inline(__always)
    private static func pair(_ word: UInt64, _ index: UInt64, _ wrong: inout UInt64) -> Int {
        let tens = UInt64(byte(word, index) &- UInt8(ascii: "0"))
        let ones = UInt64(byte(word, index &+ 1) &- UInt8(ascii: "0"))
        // Above 9, adding 118 sets the eighth bit or is above already.
        wrong |= ((tens &+ 118) | tens | (ones &+ 118) | ones) & 0x80
        return Int(truncatingIfNeeded: tens &* 10 &+ ones)
    }

    private static func digits(_ span: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for index in start..<start + count {
            let digit = span[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    private static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Seconds east of UTC.
    private static func offset(_ span: Span<UInt8>, from index: Int) -> Int64? {
        guard index < span.count else { return 0 }
        if span[index] == UInt8(ascii: "Z") || span[index] == UInt8(ascii: "z") {
            return index + 1 == span.count ? 0 : nil
        }
        guard span[index] == UInt8(ascii: "+") || span[index] == UInt8(ascii: "-") else { return nil }
        let colon = span.count == index + 6 && span[index + 3] == UInt8(ascii: ":")
        guard colon || span.count == index + 5, let hours = digits(span, index + 1, 2),
            let minutes = digits(span, index + (colon ? 4 : 3), 2)
        else { return nil }
        let seconds = Int64(hours * 3600 + minutes * 60)
        return span[index] == UInt8(ascii: "-") ? -seconds : seconds
    }

    /// Days since 1970-01-01 of a proleptic Gregorian date (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    static func daysFromCivil(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = Int64(shifted).floorDivided(by: 400)
        let yearOfEra = Int64(shifted) - era * 400
        let dayOfYear = Int64((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1)
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The inverse of `daysFromCivil` (same source).
    package static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let index = (5 * dayOfYear + 2) / 153
        let month = index < 10 ? index + 3 : index - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * index + 2) / 5 + 1)
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    /// Division rounding towards negative infinity, so that times before the epoch come out right.
    public func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

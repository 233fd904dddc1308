// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Times and identities as Windows and the usual readers of its logs show them.
extension EVTXOutput {
    /// Ticks of 100 ns from 1601, where FILETIME begins ([MS-DTYP] 2.3.3), to 1970.
    static let ticksTo1970: UInt64 = 116_444_736_000_000_000

    /// A FILETIME in nanoseconds since 1970; nil when that is out of reach.
    static func nanoseconds(_ fileTime: UInt64) -> Int64? {
        let (ticks, overflowed) = Int64(truncatingIfNeeded: fileTime).subtractingReportingOverflow(Int64(ticksTo1970))
        guard fileTime <= UInt64(Int64.max), !overflowed else { return nil }
        let (nanoseconds, carried) = ticks.multipliedReportingOverflow(by: 100)
        return carried ? nil : nanoseconds
    }

    /// Writes `2026-11-21T20:24:05.123456Z`; the last 100 ns are cut.
    mutating func writeFileTime(_ fileTime: UInt64) -> Bool {
        guard let target = unsafe room(40) else { return false }
        let microseconds = fileTime / 10
        let seconds = microseconds / 1_000_000
        let days = Int64(seconds / 86_400)
        if days != dateOfDay.day { dateOfDay = EVTXDate(day: days) }
        let date = dateOfDay
        let rest = UInt32(truncatingIfNeeded: seconds % 86_400)
        guard date.year < 10_000 else {
            writeDate(date.year, date.month, date.ofMonth)
            writeTime(
                UInt64(rest / 3600), UInt64(rest / 60 % 60), UInt64(rest % 60), microseconds % 1_000_000)
            return true
        }
        // PERF: every record has one; digit by digit it costs as much as all its names.
        let year = UInt32(truncatingIfNeeded: date.year)
        let fraction = UInt32(truncatingIfNeeded: microseconds % 1_000_000)
        // SAFETY: the last pair ends at byte 26, and there is room for 40.
        unsafe Self.pair(year / 100, target)
        unsafe Self.pair(year % 100, target + 2)
        unsafe target[4] = UInt8(ascii: "-")
        unsafe Self.pair(UInt32(truncatingIfNeeded: date.month), target + 5)
        unsafe target[7] = UInt8(ascii: "-")
        unsafe Self.pair(UInt32(truncatingIfNeeded: date.ofMonth), target + 8)
        unsafe target[10] = UInt8(ascii: "T")
        unsafe Self.pair(rest / 3600, target + 11)
        unsafe target[13] = UInt8(ascii: ":")
        unsafe Self.pair(rest / 60 % 60, target + 14)
        unsafe target[16] = UInt8(ascii: ":")
        unsafe Self.pair(rest % 60, target + 17)
        unsafe target[19] = UInt8(ascii: ".")
        unsafe Self.pair(fraction / 10_000, target + 20)
        unsafe Self.pair(fraction / 100 % 100, target + 22)
        unsafe Self.pair(fraction % 100, target + 24)
        unsafe target[26] = UInt8(ascii: "Z")
        advance(27)
        return true
    }

    /// Writes two digits.
    @unsafe @inline(__always)
    private static func pair(_ value: UInt32, _ target: UnsafeMutablePointer<UInt8>) {
        unsafe target[0] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10)
        unsafe target[1] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10)
    }

    /// Writes a SYSTEMTIME ([MS-DTYP] 2.3.13) in the form of a FILETIME; what is no date, as bytes.
    mutating func writeSystemTime(_ value: RawSpan) -> Bool {
        guard value.byteCount >= 16 else { return writeBytes(value) }
        guard unsafe room(64) != nil else { return false }
        func part(_ index: Int) -> UInt64 { UInt64(value.unsigned16(2 &* index)) }
        // Nothing at all is the beginning of Windows' time.
        if value.unsigned64(0) == 0, value.unsigned64(8) == 0 { return writeFileTime(0) }
        guard part(1) <= 12, part(3) <= 31, part(4) < 24, part(5) < 60, part(6) <= 60, part(7) < 1000 else {
            return writeBytes(value)
        }
        writeDate(part(0), part(1), part(3))
        writeTime(part(4), part(5), part(6), part(7) &* 1000)
        return true
    }

    private mutating func writeDate(_ year: UInt64, _ month: UInt64, _ day: UInt64) {
        writeDecimal(year, digits: year > 9999 ? 5 : 4)
        put(UInt8(ascii: "-"))
        writeDecimal(month, digits: 2)
        put(UInt8(ascii: "-"))
        writeDecimal(day, digits: 2)
        put(UInt8(ascii: "T"))
    }

    private mutating func writeTime(_ hour: UInt64, _ minute: UInt64, _ second: UInt64, _ microsecond: UInt64) {
        writeDecimal(hour, digits: 2)
        put(UInt8(ascii: ":"))
        writeDecimal(minute, digits: 2)
        put(UInt8(ascii: ":"))
        writeDecimal(second, digits: 2)
        put(UInt8(ascii: "."))
        writeDecimal(microsecond, digits: 6)
        put(UInt8(ascii: "Z"))
    }

    /// Writes `S-1-5-18` ([MS-DTYP] 2.4.2.2): revision, authority (48 bits, big-endian), as many numbers as are there.
    mutating func writeSecurityID(_ value: RawSpan) -> Bool {
        guard value.byteCount >= 8 else { return writeBytes(value) }
        let count = min(Int(value.unsigned8(1)), (value.byteCount &- 8) / 4)
        guard unsafe room(32 &+ count &* 11) != nil else { return false }
        put(UInt8(ascii: "S"))
        put(UInt8(ascii: "-"))
        writeDecimal(UInt64(value.unsigned8(0)))
        put(UInt8(ascii: "-"))
        writeDecimal(value.unsigned64(0).bigEndian & 0xFFFF_FFFF_FFFF)
        for index in 0..<count {
            put(UInt8(ascii: "-"))
            writeDecimal(UInt64(value.unsigned32(8 &+ 4 &* index)))
        }
        return true
    }
}

/// A day as year, month and day of the month; most records of a chunk have the same.
struct EVTXDate {
    /// Days since 1601-01-01.
    var day: Int64
    var year: UInt64
    var month: UInt64
    var ofMonth: UInt64

    /// Looks a day up in the calendar.
    init(day: Int64) {
        self.day = day
        let (year, month, ofMonth) = RFC3339.civil(fromDays: day &- 134_774)
        (self.year, self.month, self.ofMonth) = (UInt64(year), UInt64(month), UInt64(ofMonth))
    }
}

// SPDX-License-Identifier: Apache-2.0
import Alerts
import Events
import Testing

@Suite struct CalendarDayTests {
    @Test(arguments: ["2027-06-30", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
    func `a day reads back as it was written`(text: String) throws {
        #expect(try #require(CalendarDay(text)).description == text)
    }

    @Test(arguments: [
        "", "2027-6-30", "2027-06-31", "2023-02-29", "1900-02-29", "2027-13-01", "2027-00-10", "2027-01-00",
        "2027/06/30", "2027-06-30T00:00:00Z", "soon", "+027-06-30", "２０２７-06",
    ])
    func `what is no day is refused`(text: String) { #expect(CalendarDay(text) == nil) }

    @Test func `days are ordered by time`() throws {
        let days = try ["2026-12-31", "2027-01-01", "2027-01-02", "2027-02-01"].map { try #require(CalendarDay($0)) }
        #expect(days == days.sorted().reversed().reversed())
        #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func `a point in time falls on its day in UTC`() {
        // 2026-11-21T20:24:05Z.
        #expect(CalendarDay(Timestamp(nanoseconds: noon))?.description == "2026-11-21")
        #expect(CalendarDay(Timestamp(nanoseconds: noon + 4 * 3600 * second))?.description == "2026-11-22")
        #expect(CalendarDay(.unknown) == nil)
    }
}

// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The system's clocks, in nanoseconds.
enum SystemTime {
    /// Since 1970, as the clock on the wall says.
    static var wall: Int64 { read(CLOCK_REALTIME) }
    /// Since some moment: never goes back.
    static var steady: Int64 { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    }
}

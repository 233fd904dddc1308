// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How much memory this process used.
public enum MemoryUse {
    /// The most memory that was resident at once, in bytes, since the process began.
    public static var peak: Int {
        var usage = rusage()
        #if canImport(Glibc)
            // Kibibytes (getrusage(2)).
            return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss << 10 : 0
        #else
            return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0
        #endif
    }

    /// By how many bytes the peak rises while `body` runs.
    ///
    /// Only says something about `body` in a process of its own: call it in an exit test.
    public static func growth(_ body: () throws -> Void) rethrows -> Int {
        let before = peak
        try body()
        return peak - before
    }
}

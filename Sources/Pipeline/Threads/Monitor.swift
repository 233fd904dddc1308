// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A value behind a lock, and a place to wait until it changes.
///
/// `Mutex` of the Synchronization library has nothing to wait on; this is POSIX's pair of mutex and condition.
///
/// SAFETY: the value is only touched between `pthread_mutex_lock` and `pthread_mutex_unlock`. Mutex and condition lie
/// in memory of their own, for they must never move, and are given back only when nobody can hold them any more.
final class Monitor<Value>: @unchecked Sendable {
    private var value: Value
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    /// Guards a value.
    init(_ value: sending Value) {
        self.value = value
        // Without attributes neither can fail on Linux and macOS (pthread_mutex_init(3)).
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Looks at the value, or changes it, while nobody else does.
    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&value)
    }

    /// Asks again after each change until there is an answer.
    func wait<Result>(for answer: (inout Value) -> Result?) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let found = answer(&value) { return found }
            pthread_cond_wait(condition, mutex)
        }
    }

    /// Wakes one that waits, for something only one can take.
    func wakeOne() { pthread_cond_signal(condition) }

    /// Wakes all that wait.
    func wakeAll() { pthread_cond_broadcast(condition) }
}

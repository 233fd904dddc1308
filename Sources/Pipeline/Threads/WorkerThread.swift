// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A thread of the system's own that runs one closure.
///
/// Reading and matching hold a core for milliseconds at a time and wait for files: work for threads, not for the tasks of
/// a cooperative pool.
struct WorkerThread {
    private let thread: pthread_t

    /// As much stack as a main thread usually has; macOS would give a sixteenth of it.
    private static let stackSize = 8 << 20

    /// What the thread is to do, on its way through C.
    private final class Work {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts a thread; nil when the system gives no more.
    init?(_ body: @escaping @Sendable () -> Void) {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        defer { attributes.deallocate() }
        guard pthread_attr_init(attributes) == 0 else { return nil }
        defer { pthread_attr_destroy(attributes) }
        pthread_attr_setstacksize(attributes, Self.stackSize)
        // SAFETY: the thread takes over the one reference passed on here; when none starts it is given back below.
        let work = Unmanaged.passRetained(Work(body))
        var made: pthread_t?
        #if canImport(Glibc)
            var number = pthread_t()
            let status = pthread_create(
                &number, attributes,
                {
                    $0.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body() }; return nil
                },
                work.toOpaque())
            made = number
        #else
            let status = pthread_create(
                &made, attributes,
                {
                    Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body(); return nil
                },
                work.toOpaque())
        #endif
        guard status == 0, let made else {
            work.release()
            return nil
        }
        thread = made
    }

    /// Waits until the closure has returned; call it once.
    func join() { pthread_join(thread, nil) }
}

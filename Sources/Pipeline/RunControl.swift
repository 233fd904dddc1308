// SPDX-License-Identifier: Apache-2.0
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Asks a run from another thread to pause, and wakes it when it waits.
///
/// A paused run has finished everything it took in; nothing is lost by pausing. What to do then is up to the owner.
public final class RunControl: Sendable {
    private let wanted = Mutex(Set<Request>())
    private let readEnd: Int32
    private let writeEnd: Int32

    /// What a run can be asked for.
    public enum Request: Sendable, Hashable {
        /// Come to an end.
        case stop
        /// Take other rules.
        case reload
        /// Save the state.
        case checkpoint
    }

    /// Makes a control that asks for nothing.
    public init() {
        var ends: [Int32] = [-1, -1]
        // Without descriptors a run is only woken by the time it waits for, a quarter of a second.
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        if readEnd >= 0 { close(readEnd) }
        if writeEnd >= 0 { close(writeEnd) }
    }

    /// Asks for something; any thread, any number of times.
    public func ask(for request: Request) {
        wanted.withLock { _ = $0.insert(request) }
        var byte: UInt8 = 1
        // A full pipe wakes as well.
        _ = write(writeEnd, &byte, 1)
    }

    /// Whether anything is asked for.
    var isPauseWanted: Bool { wanted.withLock { !$0.isEmpty } }

    /// What is asked for; it is not asked for any more afterwards.
    public func take() -> Set<Request> {
        wanted.withLock { wanted in
            defer { wanted = [] }
            return wanted
        }
    }

    /// Waits until one of the descriptors is readable, something is asked for, or milliseconds have passed.
    func wait(for descriptors: [Int32], atMost milliseconds: Int32) {
        var polled = (descriptors + [readEnd]).filter { $0 >= 0 }.map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        // An interruption by a signal is as good a reason to look again as any.
        _ = poll(&polled, nfds_t(polled.count), max(0, milliseconds))
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(readEnd, &bytes, bytes.count) > 0 {}
    }
}

// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Pipeline

/// What signals ask of a hunt that goes on: SIGINT and SIGTERM to stop, SIGHUP to load rules and strategies anew.
final class HuntSignals {
    private var sources: [any DispatchSourceSignal] = []
    private let queue = DispatchQueue(label: "signals")

    /// Listens from now on; a second signal to stop ends the program at once.
    init(stop: @escaping @Sendable () -> Void, reload: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM] {
            listen(number) {
                signal(number, SIG_DFL)
                stop()
            }
        }
        listen(SIGHUP, reload)
    }

    private func listen(_ number: Int32, _ body: @escaping @Sendable () -> Void) {
        // The default action would end the program before the queue hears of it.
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler(handler: body)
        source.resume()
        sources.append(source)
    }
}

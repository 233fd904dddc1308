// SPDX-License-Identifier: Apache-2.0
import CFuzzer
import Synchronization

/// One fuzz target: what is done with each input.
///
/// A conforming type marked `@main` is a whole program, with libFuzzer's command line.
public protocol FuzzTarget: SendableMetatype {
    /// Takes one input. It must neither crash nor break what the target checks, both of which end the program.
    static func run(_ input: [UInt8])
}

/// The running program's target; the fuzzer's callback is a C function and can carry nothing.
private let current = Mutex<(any FuzzTarget.Type)?>(nil)

extension FuzzTarget {
    /// Runs the fuzzer with the arguments of the process.
    public static func main() {
        current.withLock { $0 = Self.self }
        var count = CommandLine.argc
        // SAFETY: the arguments live as long as the process.
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        _ = LLVMFuzzerRunDriver(&count, &arguments) { data, size in
            // SAFETY: the fuzzer's buffer lives during the call; the bytes are copied at once.
            let input = Array(UnsafeBufferPointer(start: data, count: size))
            current.withLock { $0 }?.run(input)
            return 0
        }
    }
}

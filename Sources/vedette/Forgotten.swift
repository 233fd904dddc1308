// SPDX-License-Identifier: Apache-2.0

/// What is kept until the process ends, which gives back all memory at once.
enum Forgotten {
    private final class Box<Value> {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    /// Keeps a value; meant for a command's last steps, never for anything that happens more than once.
    static func keep<Value>(_ value: Value) { _ = Unmanaged.passRetained(Box(value)) }
}

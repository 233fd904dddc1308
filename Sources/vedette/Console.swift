// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Standard error: where everything goes that is not the result.
enum Console {
    /// Writes a line.
    static func note(_ text: String) {
        // Nobody can be told that standard error is closed.
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }
}

/// A failure whose message says what to do; ends the program with code 2.
struct Failure: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}

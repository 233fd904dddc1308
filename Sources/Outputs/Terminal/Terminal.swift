// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What is at the other end of a file descriptor.
public struct Terminal: Sendable, Hashable {
    /// Whether it is a terminal at all.
    public var isTerminal: Bool
    /// Columns.
    public var width: Int
    /// Whether to use colours: on a terminal that can, unless `NO_COLOR` is set (no-color.org).
    public var hasColor: Bool

    /// The width where there is no terminal to ask.
    public static let defaultWidth = 100

    /// Describes a terminal.
    public init(isTerminal: Bool, width: Int = Terminal.defaultWidth, hasColor: Bool = false) {
        self.isTerminal = isTerminal
        self.width = width
        self.hasColor = hasColor
    }

    /// Asks the system.
    public init(
        descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        let isTerminal = isatty(descriptor) == 1
        var size = winsize()
        // SAFETY: TIOCGWINSZ fills the struct it is given, which lives across the call.
        let asked = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        self.init(
            isTerminal: isTerminal, width: asked ? Int(size.ws_col) : Self.defaultWidth,
            hasColor: isTerminal && Self.allowsColor(environment))
    }

    /// Whether the environment lets programs use colours.
    public static func allowsColor(_ environment: [String: String]) -> Bool {
        environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }
}

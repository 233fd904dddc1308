// SPDX-License-Identifier: Apache-2.0
import Sigma

/// How the table looks: its width and whether it is coloured.
public struct TableStyle: Sendable, Hashable {
    /// Columns.
    public var width: Int
    /// Whether to colour.
    public var hasColor: Bool
    /// Whether to leave out what strategies say about their alerts.
    public var isBrief = false

    /// The narrowest table; below this lines are longer than the terminal rather than meaningless.
    public static let narrowest = 40

    /// A style of one's own.
    public init(width: Int = Terminal.defaultWidth, hasColor: Bool = false) {
        self.width = max(width, Self.narrowest)
        self.hasColor = hasColor
    }

    /// The style that fits a terminal.
    public init(terminal: Terminal) { self.init(width: terminal.width, hasColor: terminal.hasColor) }

    /// An attribute of text (ECMA-48, "Select graphic rendition").
    enum Attribute: String {
        case bold = "1"
        case dim = "2"
        /// What a pattern matched in a value.
        case match = "1;4"
        case critical = "1;97;41"
        case high = "1;31"
        case medium = "1;33"
        case low = "1;36"
        case informational = "1;34"

        init(_ level: Level) {
            self =
                switch level {
                case .critical: .critical
                case .high: .high
                case .medium: .medium
                case .low: .low
                case .informational: .informational
                }
        }
    }

    /// Text with an attribute, where colours are on.
    func text(_ text: Displayed, _ attribute: Attribute? = nil) -> String {
        guard hasColor, let attribute, text.width > 0 else { return text.description }
        return "\u{1B}[\(attribute.rawValue)m\(text)\u{1B}[0m"
    }
}

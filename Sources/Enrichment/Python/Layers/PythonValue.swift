// SPDX-License-Identifier: Apache-2.0

/// What is known of the value of an expression.
struct PythonValue {
    /// The kinds of value the partial evaluator computes with.
    indirect enum Kind {
        /// Depends on something outside, or on an operation that is not modelled.
        case unknown
        case integer(Int)
        /// A `str`, as UTF-8.
        case text([UInt8])
        /// A `bytes` or `bytearray`.
        case bytes([UInt8])
        /// A list, tuple or exhausted iterator.
        case list([PythonValue])
        /// A name that is not a variable, with its attributes: `base64.b64decode`, `chr`.
        case reference(String)
        /// An attribute of a known value.
        case method(PythonValue, String)
        /// A lambda, or a function that only returns an expression.
        case function(PythonFunction)
    }

    /// The value.
    var kind: Kind
    /// How many decodings it went through.
    var codecs = 0
    /// Whether it was put together or decoded, so that the source does not show it as it is.
    var isFolded = false
    /// Where its expression stands in the source.
    var range: Range<Int> = 0..<0

    /// Nothing known.
    static var unknown: PythonValue { PythonValue(kind: .unknown) }

    /// The bytes of a `str` or `bytes`.
    var content: [UInt8]? {
        switch kind {
        case .text(let content), .bytes(let content): content
        default: nil
        }
    }

    /// A whole number.
    var integer: Int? { if case .integer(let value) = kind { value } else { nil } }

    var reference: String? { if case .reference(let name) = kind { name } else { nil } }

    /// Whether it is a `str`.
    var isText: Bool { if case .text = kind { true } else { false } }

    /// Whether nothing is known.
    var isUnknown: Bool { if case .unknown = kind { true } else { false } }

    /// A value computed from others: it went through all they went through.
    static func folded(_ kind: Kind, from sources: PythonValue..., codec: Bool = false) -> PythonValue {
        PythonValue(
            kind: kind, codecs: (sources.map(\.codecs).max() ?? 0) + (codec ? 1 : 0), isFolded: true)
    }
}

/// A function whose body is one expression.
struct PythonFunction {
    /// The source it stands in.
    var source: PythonSource
    var parameters: [String]
    /// The token its body starts at.
    var body: Int
}

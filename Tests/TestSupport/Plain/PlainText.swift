// SPDX-License-Identifier: Apache-2.0

/// One character as Sigma's wildcards count them: a Unicode scalar, or one byte that is no part of any.
public enum PlainCharacter: Hashable, Sendable {
    /// A well-formed scalar.
    case scalar(Unicode.Scalar)
    /// A byte that is not UTF-8 where it stands.
    case stray(UInt8)
}

/// Text taken apart, the slow and obvious way.
enum PlainText {
    /// The characters of bytes that may or may not be UTF-8: at each place the one length that validates, else one byte.
    static func characters(_ bytes: [UInt8]) -> [PlainCharacter] {
        var characters: [PlainCharacter] = []
        var index = 0
        while index < bytes.count {
            let (character, length) = character(bytes, at: index)
            characters.append(character)
            index += length
        }
        return characters
    }

    private static func character(_ bytes: [UInt8], at index: Int) -> (PlainCharacter, Int) {
        for length in 1...4 where index + length <= bytes.count {
            let candidate = String(validating: bytes[index..<index + length], as: UTF8.self)
            if let scalars = candidate?.unicodeScalars, scalars.count == 1, let scalar = scalars.first {
                return (.scalar(scalar), length)
            }
        }
        return (.stray(bytes[index]), 1)
    }

    /// Every scalar replaced by its full lower-case mapping; stray bytes stay.
    static func folded(_ characters: [PlainCharacter]) -> [PlainCharacter] {
        characters.flatMap { character -> [PlainCharacter] in
            guard case .scalar(let scalar) = character else { return [character] }
            return scalar.properties.lowercaseMapping.unicodeScalars.map { .scalar($0) }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Random text: rule strings in Sigma's notation, and event values that fit a pattern or nearly do.
enum TextGenerator {
    private static let atoms = [
        "a", "b", "ab", "cmd", "python3", " -c ", "/bin/sh", "import", "Socket", "x", "0", "42", "é", "Ä", "ß", "σ",
        "€", "😀",
        "İ", "\u{212A}", "e\u{301}", "\n", "\r\n", "\t", ".exe", "-enc", "/p", "--", "\u{2013}q", "\0", "%",
    ]
    private static let escapes = [
        "*", "?", "**", "*?", #"\*"#, #"\?"#, #"\"#, #"\\"#, #"\\\"#, #"\\*"#, #"\\\*"#, #"\\?"#,
    ]

    /// A string of a rule, wildcards and escapes in it.
    static func sigma(_ random: inout SeededGenerator) -> String {
        if random.chance(3) { return "" }
        if random.chance(3) { return "*" }
        var text = ""
        for _ in 0..<random.number(1...3) {
            text += random.chance(70) ? random.pick(atoms) : random.pick(escapes)
        }
        return text
    }

    /// A string of a rule that holds no wildcard and at least three bytes.
    static func plain(_ random: inout SeededGenerator) -> String {
        var text = ""
        while text.utf8.count < 3 { text += random.pick(atoms) }
        return text
    }

    /// Any bytes, seldom not UTF-8.
    static func filler(_ random: inout SeededGenerator, atMost count: Int = 2) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0..<random.number(0...count) {
            bytes += random.chance(90) ? Array(random.pick(atoms).utf8) : [random.pick([0xFF, 0xC3, 0x80, 0xE2])]
        }
        return bytes
    }

    /// Bytes that fit a pattern.
    static func fitting(_ pattern: PlainPattern, cased: Bool, _ random: inout SeededGenerator) -> [UInt8] {
        let flips = !cased && random.chance(50)
        return pattern.elements.flatMap { element -> [UInt8] in
            switch element {
            case .anything: return filler(&random)
            case .one: return random.chance(85) ? Array(random.pick(["x", "é", "€", "😀", "\n"]).utf8) : [0xFF]
            case .character(.stray(let byte)): return [byte]
            case .character(.scalar(let scalar)):
                let upper = scalar.properties.uppercaseMapping
                let folds = PlainText.folded(PlainText.characters(Array(upper.utf8)))
                return Array((flips && folds == [.scalar(scalar)] ? upper : String(scalar)).utf8)
            }
        }
    }

    /// Nearly the same bytes.
    static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var changed = bytes
        let spot = random.number(0...max(bytes.count - 1, 0))
        switch random.number(0...5) {
        case 0 where !bytes.isEmpty: changed.remove(at: spot)
        case 1: changed.insert(random.pick([0x61, 0x0A, 0xFF, 0x2D]), at: spot)
        case 2 where !bytes.isEmpty: changed[spot] ^= random.pick([0x20, 0x01, 0x80])
        case 3: changed = filler(&random) + bytes
        case 4: changed += filler(&random)
        default: changed = Array(bytes.prefix(spot))
        }
        return changed
    }
}

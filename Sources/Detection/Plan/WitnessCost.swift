// SPDX-License-Identifier: Apache-2.0
import Events

/// How often tests are expected to hold, in no particular unit: a rule waits for what is met least.
///
/// Guesses decide nothing but speed, so they may be rough: what most events of a source have (event ids, channels,
/// providers), and what most processes of Windows have in their paths and command lines, should wake few rules.
enum WitnessCost {
    /// Of a value that is to be equal to these bytes.
    static func ofWhole(_ bytes: [UInt8], field: UInt32) -> Int {
        if commonFields.contains(field) { return 200 }
        // Short numbers and words (ids, flags, levels) are equal very often, long text hardly ever.
        return bytes.count < 5 ? 60 : bytes.count < 12 ? 16 : 3
    }

    /// Of a value that is to begin or end with these bytes.
    static func ofEnd(_ bytes: [UInt8]) -> Int {
        if bytes.count < 3 { return 100 }
        return isCommon(bytes) ? 60 : bytes.count < 5 ? 40 : 8
    }

    /// Of a value that is to contain these bytes.
    static func ofPart(_ bytes: [UInt8]) -> Int {
        if bytes.count < 3 { return 120 }
        return isCommon(bytes) ? 80 : bytes.count < 6 ? 20 : 6
    }

    /// Fields of which one value stands in very many events.
    private static let commonFields: Set<UInt32> = [
        FieldID.eventID.rawValue, FieldID.channel.rawValue, FieldID.providerName.rawValue, FieldID.eventType.rawValue,
        FieldID.type.rawValue, FieldID.nametype.rawValue,
    ]

    /// Whether a text is part of one of those met all the time, or they of it but for a few bytes.
    private static func isCommon(_ bytes: [UInt8]) -> Bool {
        common.contains { text in
            bytes.count <= text.count && containsBytes(text.span, bytes.span)
        }
    }

    private static let common: [[UInt8]] = [
        "c:\\windows\\system32\\cmd.exe", "c:\\windows\\system32\\windowspowershell\\v1.0\\powershell.exe",
        "c:\\windows\\system32\\conhost.exe", "c:\\windows\\system32\\svchost.exe", "c:\\program files\\",
        "c:\\windows\\syswow64\\", "c:\\windows\\explorer.exe", "c:\\users\\", "service", "process", "select",
        "cmd.exe /c ", "system", "http",
    ].map { Array($0.utf8) }
}

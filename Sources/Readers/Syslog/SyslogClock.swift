// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Gives syslog's short dates (`Nov 21 20:24:05`) their year: the latest in which they are not after the file's last
/// change, a day of grace for time zones allowed.
struct SyslogClock: Sendable {
    private let newest: Int64
    private let year: Int

    /// Takes the last change of the file, in seconds since the epoch.
    init(newest seconds: Int64) {
        let bounded = min(max(seconds, 0), 4_102_444_800)
        newest = (bounded + 86_400) * 1_000_000_000
        year = Int(RFC3339.string(nanoseconds: bounded * 1_000_000_000).prefix(4)) ?? 1970
    }

    /// Whether a moment, in nanoseconds since the epoch, is so late that dates about it may be taken for a year before.
    func isBehind(_ moment: Int64) -> Bool { moment > newest - 43_200_000_000_000 }

    /// Reads a date and moves on; nil when there is none.
    func time(_ bytes: Span<UInt8>, _ index: inout Int, _ end: Int) -> Int64? {
        guard index + 15 <= end, let month = Self.month(bytes, index), bytes[index + 3] == 0x20 else { return nil }
        let tens = bytes[index + 4] == 0x20 ? 0x30 : bytes[index + 4]
        guard bytes[index + 6] == 0x20 else { return nil }
        var text: [UInt8] = []
        text.reserveCapacity(19)
        for guess in [year, year - 1] {
            text.removeAll(keepingCapacity: true)
            appendDecimal(Int64(guess), to: &text)
            text.append(contentsOf: [
                0x2D, 0x30 + UInt8(month / 10), 0x30 + UInt8(month % 10), 0x2D, tens, bytes[index + 5], 0x54,
            ])
            text.append(contentsOf: bytes.extracting(index + 7..<index + 15))
            guard let time = RFC3339.nanoseconds(text.span) else { continue }
            if time <= newest || guess < year {
                index += 15
                return time
            }
        }
        return nil
    }

    private static func month(_ bytes: Span<UInt8>, _ start: Int) -> Int? {
        let names: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
        return names.withUTF8Buffer { all in
            for month in 0..<12 {
                var isEqual = true
                for offset in 0..<3 {
                    // SAFETY: the twelve names have three bytes each.
                    isEqual = unsafe isEqual && all[month * 3 + offset] == bytes[start + offset]
                }
                if isEqual { return month + 1 }
            }
            return nil
        }
    }
}

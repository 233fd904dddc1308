// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them.
enum Quantity {
    /// `1,234,567`.
    static func count(_ number: UInt64) -> String {
        var digits: [Character] = []
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0 { digits.append(",") }
            digits.append(digit)
        }
        return String(digits.reversed())
    }

    /// `1.5 MB`, in powers of 1000 with one decimal; whole bytes below.
    static func bytes(_ number: UInt64) -> String {
        guard number >= 1000 else { return "\(number) B" }
        var value = Double(number)
        var unit = -1
        let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
        while value >= 999.95, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return "\(tenths(value)) \(units[unit])"
    }

    /// `0.4 s`, `12.0 s`, `3 min 5 s`, `2 h 10 min`.
    static func seconds(_ duration: Double) -> String {
        guard duration.isFinite, duration >= 0, duration < 1e9 else { return "? s" }
        if duration < 60 { return tenths(duration) + " s" }
        let whole = Int(duration)
        return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

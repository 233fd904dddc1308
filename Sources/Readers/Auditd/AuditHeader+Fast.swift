// SPDX-License-Identifier: Apache-2.0

extension AuditHeader {
    /// Finds the header of a line.
    @inline(__always)
    static func find(_ bytes: AuditBytes, _ line: Range<Int>) -> Result<AuditHeader, Failure> {
        if let usual = AuditHeader(usual: bytes, line) { return .success(usual) }
        return search(bytes, line)
    }

    @inline(never)
    private static func search(_ bytes: AuditBytes, _ line: Range<Int>) -> Result<AuditHeader, Failure> {
        bytes.with { span in
            do throws(Failure) {
                return .success(try AuditHeader(span, line))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Reads a header as auditd writes nearly all of them: `type=SYSCALL msg=audit(1364481363.243:24287): `, ten digits
    /// of seconds, three of milliseconds, at most fifteen of the number.
    ///
    /// Nil for anything else, which may still be a header.
    @inline(__always)
    init?(usual bytes: AuditBytes, _ line: Range<Int>) {
        let start = line.lowerBound
        // `type=`, and below ` msg=audit(`, as words, the first byte lowest.
        guard bytes.word(start) & 0xFF_FFFF_FFFF == 0x3D_6570_7974 else { return nil }
        let name = start &+ 5
        let end = bytes.blank(from: name, to: line.upperBound)
        // From the blank to the second digit of the number and a byte behind it.
        guard end > name, end &+ 28 <= line.upperBound, bytes.word(end) == 0x6475_613D_6773_6D20,
            bytes.word(end &+ 3) == 0x2874_6964_7561_3D67
        else { return nil }
        let high = bytes.word(end &+ 11)
        guard let first = Self.digits(high) else { return nil }
        // Two digits, a point, three digits, a colon.
        let low = bytes.word(end &+ 19)
        let shape = low ^ 0x3A_3030_302E_3030
        guard Self.areDigits(low & 0xFFFF_FF00_FFFF | 0x3030_0000_0030_0000), shape & 0xFF_0000_00FF_0000 == 0 else {
            return nil
        }
        func digit(_ place: UInt64) -> Int64 { Int64(truncatingIfNeeded: (low &>> (place &* 8)) & 0xF) }
        let seconds = first &* 100 &+ digit(0) &* 10 &+ digit(1)
        let milliseconds = digit(3) &* 100 &+ digit(4) &* 10 &+ digit(5)
        var index = end &+ 26
        var number: UInt64 = 0
        let from = index
        while index < line.upperBound, index &- from < 16 {
            let digit = bytes[index] &- UInt8(ascii: "0")
            if digit > 9 { break }
            number = number &* 10 &+ UInt64(digit)
            index &+= 1
        }
        guard index > from, index &- from < 16, index < line.upperBound, bytes[index] == UInt8(ascii: ")") else {
            return nil
        }
        index &+= 1
        if index < line.upperBound, bytes[index] == UInt8(ascii: ":") { index &+= 1 }
        type = name..<end
        node = start..<start
        // Ten digits of seconds lie below 2^33.3: in range by a factor of two when below 9.2 thousand million.
        guard seconds < 9_000_000_000 else { return nil }
        time = seconds &* 1_000_000_000 &+ milliseconds &* 1_000_000
        serial = number
        body = index
    }

    /// Whether all eight bytes are decimal digits.
    @inline(__always)
    private static func areDigits(_ word: UInt64) -> Bool {
        let digits = word ^ 0x3030_3030_3030_3030
        return (digits &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080 == 0
    }

    /// The number eight decimal digits are, the first one in the lowest byte; nil when they are no such.
    @inline(__always)
    private static func digits(_ word: UInt64) -> Int64? {
        guard areDigits(word) else { return nil }
        // Pairs, then fours, then all eight: each product adds neighbours, the first of them times its weight.
        var value = word & 0x0F0F_0F0F_0F0F_0F0F
        value = (value &* (10 << 8 + 1)) &>> 8 & 0x00FF_00FF_00FF_00FF
        value = (value &* (100 << 16 + 1)) &>> 16 & 0x0000_FFFF_0000_FFFF
        value = (value &* (10_000 << 32 + 1)) &>> 32
        return Int64(truncatingIfNeeded: value)
    }
}

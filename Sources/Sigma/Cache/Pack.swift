// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Many parsed rule files in one block of bytes.
///
/// All numbers of fixed width are little endian:
///
///     magic 8 · format 4 · zero 4 · builder 16          who wrote it
///     texts 4 · text bytes 4 · files 4 · record bytes 4
///     text lengths 4 each, then the texts, UTF-8
///     for each file: digest of its content 16, start and length of its record 4 each
///     the records (`ParsedFile+Packing`)
///     seal 16                                           keyed hash of everything before it
///
/// A record names texts by their place in the table, so a text that a thousand rules share is one.
struct Pack: Sendable {
    /// Changes with the form of a pack.
    static let format: UInt32 = 1
    /// What a pack begins with.
    static let magic = Array("VEDPACK\n".utf8)
    /// Bytes of a file's entry.
    static let entrySize = SipHash.byteCount + 8
    private static let headerSize = 32
    private static let tableSize = 16

    /// Why a pack is not used.
    enum Refusal: Error {
        /// Another program, or another version of this one, wrote it.
        case otherVersion
        /// It is shorter, longer or other than what was written.
        case damaged
    }

    private let bytes: [UInt8]
    private let texts: [String]
    private let records: [SipHash.Digest: Range<Int>]

    /// How many files it holds.
    var count: Int { records.count }

    /// Checks bytes and reads their tables.
    ///
    /// - Parameters:
    ///   - bytes: What was written, of any origin.
    ///   - seal: The hash under whose key it must be sealed.
    ///   - builder: The program that must have written it.
    init(_ bytes: [UInt8], seal: SipHash, builder: SipHash.Digest) throws(Refusal) {
        guard bytes.count >= Self.headerSize + Self.tableSize + SipHash.byteCount,
            Array(bytes[..<Self.magic.count]) == Self.magic
        else { throw .damaged }
        guard Array(bytes[..<Self.headerSize]) == Self.header(builder) else { throw .otherVersion }
        let end = bytes.count - SipHash.byteCount
        guard seal.digest(bytes.span.extracting(0..<end)).bytes == Array(bytes[end...]) else { throw .damaged }
        do throws(PackDamage) { try self.init(sealed: bytes, end: end) } catch { throw .damaged }
    }

    /// Reads the tables of a pack whose seal is not looked at; everything else is.
    init(unsealed bytes: [UInt8]) throws(PackDamage) {
        guard bytes.count >= Self.headerSize + Self.tableSize else { throw PackDamage() }
        try self.init(sealed: bytes, end: bytes.count)
    }

    private init(sealed bytes: [UInt8], end: Int) throws(PackDamage) {
        func number(_ offset: Int) -> Int {
            Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 | Int(bytes[offset + 2]) << 16 | Int(bytes[offset + 3])
                << 24
        }
        let table = Self.headerSize
        let counts = (0..<4).map { number(table + 4 * $0) }
        // Sums of numbers below 2^32 times small factors: they cannot overflow.
        let lengths = table + Self.tableSize
        let textStart = lengths + 4 * counts[0]
        let entries = textStart + counts[1]
        let recordStart = entries + Self.entrySize * counts[2]
        guard recordStart + counts[3] == end else { throw PackDamage() }
        var texts: [String] = []
        texts.reserveCapacity(counts[0])
        var position = textStart
        for index in 0..<counts[0] {
            let next = position + number(lengths + 4 * index)
            guard next <= entries else { throw PackDamage() }
            do {
                texts.append(String(copying: try UTF8Span(validating: bytes.span.extracting(position..<next))))
            } catch { throw PackDamage() }
            position = next
        }
        guard position == entries else { throw PackDamage() }
        var records: [SipHash.Digest: Range<Int>] = [:]
        records.reserveCapacity(counts[2])
        for index in 0..<counts[2] {
            let entry = entries + Self.entrySize * index
            let digest = SipHash.Digest(
                low: UInt64(number(entry)) | UInt64(number(entry + 4)) << 32,
                high: UInt64(number(entry + 8)) | UInt64(number(entry + 12)) << 32)
            let (start, length) = (number(entry + 16), number(entry + 20))
            guard start + length <= counts[3] else { throw PackDamage() }
            records[digest] = recordStart + start..<recordStart + start + length
        }
        self.bytes = bytes
        self.texts = texts
        self.records = records
    }

    /// The parsed form of a file with this content; nil when the pack does not hold it.
    func file(_ digest: SipHash.Digest, named file: String) throws(PackDamage) -> ParsedFile? {
        guard let range = records[digest] else { return nil }
        var reader = try PackReader(bytes, range, texts: texts, file: file)
        return try ParsedFile(from: &reader)
    }

    /// The digests of the files it holds.
    var digests: [SipHash.Digest] { Array(records.keys) }

    /// Packs files; those of equal digest once.
    ///
    /// Nil when there is too much for the format.
    static func pack(
        _ files: [(digest: SipHash.Digest, file: ParsedFile)], seal: SipHash, builder: SipHash.Digest
    ) -> [UInt8]? {
        var writer = PackWriter()
        var known: Set<SipHash.Digest> = []
        var starts: [(digest: SipHash.Digest, start: Int)] = []
        for (digest, file) in files where known.insert(digest).inserted {
            starts.append((digest, writer.records.count))
            file.pack(into: &writer)
        }
        guard let payload = writer.payload(files: starts) else { return nil }
        let sealed = header(builder) + payload
        return sealed + seal.digest(of: sealed).bytes
    }

    private static func header(_ builder: SipHash.Digest) -> [UInt8] {
        magic + (0..<4).map { UInt8(truncatingIfNeeded: format >> UInt32(8 * $0)) } + [0, 0, 0, 0] + builder.bytes
    }
}

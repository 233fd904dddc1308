// SPDX-License-Identifier: Apache-2.0
import Bytes

/// What a pack is made of, for those who try to break it: no run reads a pack whose seal was not looked at.
@_spi(Fuzzing) public enum PackTrial {
    private static let digest = SipHash.Digest(low: 1, high: 2)
    private static let hash = SipHash(key: Array(repeating: 0, count: SipHash.byteCount))

    /// A pack of the text of one rule file, without its seal; nil when it is too large.
    public static func pack(_ text: String) -> [UInt8]? {
        guard let hash else { return nil }
        let file = FileReader.read(text, file: "rule.yml")
        return Pack.pack([(digest, file)], seal: hash, builder: digest)?.dropLast(SipHash.byteCount)
    }

    /// How many documents and findings a pack without seal holds; nil when it is refused.
    public static func count(_ bytes: [UInt8]) -> Int? {
        do throws(PackDamage) {
            let pack = try Pack(unsealed: bytes)
            var count = 0
            for digest in pack.digests {
                guard let file = try pack.file(digest, named: "rule.yml") else { continue }
                count += file.documents.count + file.diagnostics.count
            }
            return count
        } catch { return nil }
    }

    /// Whether the text of a rule file comes out of a pack as it went in.
    public static func survives(_ text: String) -> Bool {
        guard let bytes = pack(text) else { return true }
        do throws(PackDamage) {
            return try Pack(unsealed: bytes).file(digest, named: "rule.yml") == FileReader.read(text, file: "rule.yml")
        } catch { return false }
    }
}

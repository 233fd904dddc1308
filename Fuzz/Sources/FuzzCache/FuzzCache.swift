// SPDX-License-Identifier: Apache-2.0
import FuzzSupport
@_spi(Fuzzing) import Sigma

/// Packs of parsed rules: hostile bytes are refused or read within bounds, and what is packed comes out as it went in.
///
/// The first byte chooses. 0: the rest is a pack. 1: the rest is a rule file that is packed and must survive. Any other
/// number: so many changes of three bytes each (a place and a value), then a rule file, of whose pack they are made.
@main struct FuzzCache: FuzzTarget {
    static func run(_ input: [UInt8]) {
        guard let choice = input.first else { return }
        let rest = input.dropFirst()
        switch choice {
        case 0: read(Array(rest))
        case 1:
            let text = String(decoding: rest, as: UTF8.self)
            Invariants.require(PackTrial.survives(text), "a rule file comes out of a pack changed")
        default:
            let count = min(Int(choice), rest.count / 3)
            let changes = Array(rest.prefix(3 * count))
            guard var pack = PackTrial.pack(String(decoding: rest.dropFirst(3 * count), as: UTF8.self)) else { return }
            for index in 0..<count {
                let place = (Int(changes[3 * index]) << 8 | Int(changes[3 * index + 1])) % pack.count
                pack[place] = changes[3 * index + 2]
            }
            read(pack)
        }
    }

    private static func read(_ pack: [UInt8]) {
        guard let count = PackTrial.count(pack) else { return }
        // A document takes a byte at least, and every file of a pack has an entry of its own; records may overlap.
        Invariants.require(count <= pack.count * pack.count, "\(count) documents in \(pack.count) bytes")
        Invariants.require(PackTrial.count(pack) == count, "reading twice differs")
    }
}

// SPDX-License-Identifier: Apache-2.0
import Files

extension FollowedFile.Kind {
    /// The first bytes of what is only read once it is whole: gzip (RFC 1952), Zstandard (RFC 8878), Windows event logs.
    private static let wholes: [[UInt8]] = [[0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], Array("ElfFile\0".utf8)]

    /// Finds out how a file that begins so is to be read; nil when that is too little to tell.
    static func sniff(_ head: [UInt8]) -> FollowedFile.Kind? {
        for whole in wholes {
            if head.starts(with: whole) { return .whole }
            if whole.starts(with: head) { return nil }
        }
        return .growing
    }

    /// Finds out how a file is to be read; nil when there is too little of it to tell.
    static func sniff(_ path: String, _ wanted: Format?) throws(InputError) -> FollowedFile.Kind? {
        wanted == .evtx ? .whole : sniff(try FileDescriptor(path: path).bytes(at: 0, count: 8))
    }
}

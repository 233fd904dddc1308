// SPDX-License-Identifier: Apache-2.0
import Files

extension FollowedFile.Kind {
    /// The first bytes of what is only read once it is whole: gzip (RFC 1952), Zstandard (RFC 8878), Windows event logs.
    private static let wholes: [[UInt8]] = [[0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], Array("ElfFile\0".utf8)]

    /// Finds out how a file is to be read; nil when it is too short to tell, or cannot be looked at.
    static func sniff(_ path: String, _ wanted: Format?) throws(InputError) -> FollowedFile.Kind? {
        if wanted == .evtx { return .whole }
        let head = try FileDescriptor(path: path).bytes(at: 0, count: 8)
        for whole in wholes {
            if head.starts(with: whole) { return .whole }
            // So few bytes that they may yet become one.
            if whole.starts(with: head) { return nil }
        }
        return .growing
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

/// Image references as Docker writes them: `[registry[:port]/]name[:tag][@digest]` (distribution/reference).
enum ImageReference {
    /// Adds name, tag and digest of the image a range names.
    static func append(_ range: Range<Int>, into batch: inout EventBatch) {
        guard !range.isEmpty else { return }
        if batch.starts(range, with: "sha256:") {
            batch.append(.containerImageHash, range)
            return
        }
        batch.append(.containerImageName, range)
        var colon: Int?
        var digest: Int?
        for index in range {
            switch batch.bytes[index] {
            case UInt8(ascii: "/"): colon = nil
            case UInt8(ascii: ":"): if digest == nil { colon = index }
            case UInt8(ascii: "@"): digest = index
            default: break
            }
        }
        let end = digest ?? range.upperBound
        if let colon {
            batch.append(.containerImageTag, colon + 1..<end)
        } else if digest == nil {
            batch.append(.containerImageTag, text: "latest")
        }
        if let digest { batch.append(.containerImageHash, digest + 1..<range.upperBound) }
    }
}

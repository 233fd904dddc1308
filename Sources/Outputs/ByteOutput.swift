// SPDX-License-Identifier: Apache-2.0
import Alerts
import Foundation

/// Collects output and writes it to a file descriptor in large pieces, or keeps it in memory.
public struct ByteOutput: Sendable {
    /// The descriptor; nil keeps everything in `bytes`.
    private let descriptor: Int32?
    /// What is not written yet; everything, when there is no descriptor.
    public private(set) var bytes: [UInt8] = []

    /// Bytes that are collected before they are written.
    private static let enough = 64 * 1024

    /// Writes to a descriptor, which stays the caller's to close.
    public init(descriptor: Int32) { self.descriptor = descriptor }

    /// Keeps what is written in memory.
    public init() { descriptor = nil }

    /// What was written, as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Adds text.
    public mutating func write(_ text: String) throws(OutputError) {
        bytes.append(contentsOf: text.utf8)
        try flushIfLarge()
    }

    /// Adds what `body` appends.
    public mutating func write(_ body: (inout [UInt8]) -> Void) throws(OutputError) {
        body(&bytes)
        try flushIfLarge()
    }

    /// Writes what is collected.
    public mutating func flush() throws(OutputError) {
        guard let descriptor else { return }
        var start = 0
        while start < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                // SAFETY: start lies within the buffer, so the remaining bytes are readable.
                Foundation.write(descriptor, buffer.baseAddress.map { $0 + start }, buffer.count - start)
            }
            if written > 0 {
                start += written
            } else if written < 0, errno != EINTR {
                let number = errno
                bytes.removeAll()
                throw OutputError(number: number, description: "cannot write output: \(OutputError.message(number))")
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func flushIfLarge() throws(OutputError) {
        if bytes.count >= Self.enough { try flush() }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Foundation

/// One `--output`: `FORMAT`, which goes to standard output, or `FORMAT=FILE`.
public struct OutputRequest: Hashable, Sendable, CustomStringConvertible {
    /// What is written.
    public var format: AlertFormat
    /// The file; nil for standard output.
    public var file: String?

    /// Asks for a format.
    public init(_ format: AlertFormat, file: String? = nil) {
        self.format = format
        self.file = file
    }

    /// Reads an argument; `FILE` may be `-` for standard output.
    public init(argument: String) throws(OutputRequestError) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let format = AlertFormat(rawValue: parts[0]) else {
            let names = AlertFormat.allCases.map(\.rawValue)
            throw OutputRequestError(
                "`\(parts[0].prefix(40))` is no output format\(NearestName.hint(for: parts[0], among: names)); there are: "
                    + names.joined(separator: ", "))
        }
        self.format = format
        guard parts.count == 2 else { return }
        guard !parts[1].isEmpty else {
            throw OutputRequestError("`\(argument)` names no file: write \(parts[0])=FILE, or \(parts[0]) alone")
        }
        file = parts[1] == "-" ? nil : parts[1]
    }

    /// As it is written on the command line.
    public var description: String { format.rawValue + (file.map { "=" + $0 } ?? "") }

    /// Refuses what would write over itself: two outputs to standard output or to one file.
    public static func check(_ requests: [OutputRequest]) throws(OutputRequestError) {
        var targets: [String?: OutputRequest] = [:]
        for request in requests {
            let target = request.file.map(identity)
            guard let earlier = targets.updateValue(request, forKey: target) else { continue }
            let place = request.file.map { "the file \($0)" } ?? "standard output"
            throw OutputRequestError(
                "--output \(earlier) and --output \(request) both write to \(place): give one of them a file of its own, "
                    + "such as \(request.format.rawValue)=alerts.\(request.format.fileExtension)")
        }
    }

    /// Equal for two names of one file, also of one that is not there yet.
    private static func identity(_ path: String) -> String {
        let url = URL(fileURLWithPath: path)
        let folder = url.deletingLastPathComponent().resolvingSymlinksInPath()
        return folder.appendingPathComponent(url.lastPathComponent).resolvingSymlinksInPath().standardizedFileURL.path
    }
}

/// Why an `--output` is refused, in words for its user.
public struct OutputRequestError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to write instead.
    public var description: String

    init(_ description: String) { self.description = description }
}

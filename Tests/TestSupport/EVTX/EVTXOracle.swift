// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The PyPI package `evtx`, an independent reader of event logs.
public enum EVTXOracle {
    /// Whether it is here.
    public static let isHere = Python.has("evtx")

    /// The reason tests give when they skip for want of it.
    public static let absent = "needs python3 with the package evtx (VEDETTE_PYTHON names an interpreter)"

    /// It could not read the logs.
    public struct Failed: Error {
        /// Makes one.
        public init() {}
    }

    private static let program = """
        import json, sys
        from evtx import PyEvtxParser
        for index, path in enumerate(sys.argv[1:]):
            for record in PyEvtxParser(path, number_of_threads=1).records_json():
                data = json.dumps(json.loads(record["data"]), ensure_ascii=False)
                sys.stdout.buffer.write(f"{index} {record['event_record_id']} {data}\\n".encode())
        """

    /// The records of some logs: which log, the record's id, and the record as JSON on one line.
    public static func dump(_ paths: [String]) throws -> [(log: Int, id: UInt64, json: Data)] {
        guard let output = try Python.output(of: program, paths) else { throw Failed() }
        return try output.split(separator: UInt8(ascii: "\n")).map { line in
            let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard parts.count == 3, let log = Int(String(decoding: parts[0], as: UTF8.self)),
                let id = UInt64(String(decoding: parts[1], as: UTF8.self))
            else { throw Failed() }
            return (log, id, parts[2])
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
import Events

extension ReadReport {
    /// Writes what was seen.
    public func save(to state: inout StateWriter) {
        state.write(bytes)
        state.write(records)
        state.write(events)
        state.write(problems.sorted { $0.key.rawValue < $1.key.rawValue }) { state, problem in
            state.write(problem.key.rawValue)
            state.write(problem.value)
        }
        state.write(samples) { state, sample in
            state.write(sample.kind.rawValue)
            state.write(sample.path)
            state.write(sample.position)
            state.write(sample.message)
        }
    }

    /// Reads what was seen.
    public init(from state: inout StateReader) throws(StateError) {
        bytes = try state.readUInt64()
        records = try state.readUInt64()
        events = try state.readUInt64()
        for _ in 0..<(try state.readCount(size: 2)) { problems[try Self.readKind(&state)] = try state.readUInt64() }
        samples = try state.readList(size: 4) { state throws(StateError) in
            ReadProblem(
                kind: try Self.readKind(&state), path: try state.readString(), position: try state.readUInt64(),
                message: try state.readString())
        }
    }

    private static func readKind(_ state: inout StateReader) throws(StateError) -> ReadProblemKind {
        guard let kind = ReadProblemKind(rawValue: try state.readString()) else { throw .torn }
        return kind
    }
}

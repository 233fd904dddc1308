// SPDX-License-Identifier: Apache-2.0
import Events

/// From which inputs the events of an open alert came.
struct SourceCounts: Sendable {
    private struct Input {
        var path: String
        var source: LogSourceID
        var count: Int
    }

    private var inputs: [Input] = []
    /// The input of the latest event: the next is mostly from the same.
    private var latest = 0
    /// Events from inputs there was no room for.
    private(set) var more = 0

    /// Counts an event.
    mutating func count(_ path: String, _ source: LogSourceID) {
        if latest < inputs.count, inputs[latest].source == source, inputs[latest].path == path {
            inputs[latest].count += 1
        } else if let place = inputs.firstIndex(where: { $0.source == source && $0.path == path }) {
            inputs[place].count += 1
            latest = place
        } else if inputs.count < AlertSource.most {
            latest = inputs.count
            inputs.append(Input(path: path, source: source, count: 1))
        } else {
            more += 1
        }
    }

    /// Nothing yet.
    init() {}

    /// Writes what was counted.
    func save(to writer: inout StateWriter) {
        writer.write(inputs) { writer, input in
            writer.write(shared: input.path)
            writer.write(input.source)
            writer.write(input.count)
        }
        writer.write(more)
    }

    /// Reads what was written.
    init(from reader: inout StateReader) throws(StateError) {
        inputs = try reader.readList(size: 3) { reader throws(StateError) in
            Input(path: try reader.readShared(), source: try reader.readSource(), count: try reader.readInt())
        }
        more = try reader.readInt()
    }

    /// The inputs for people.
    func sources(names: Vocabulary) -> [AlertSource] {
        inputs.map { AlertSource(path: $0.path, logsource: names.source(of: $0.source).description, count: $0.count) }
    }

    /// About how many bytes of memory it holds.
    var footprint: Int { inputs.count * 40 + 32 }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Synchronization

/// Interns field names and log sources, so that events and compiled rules speak in small numbers.
///
/// One vocabulary is shared by the readers and the engine of a run. It only grows, up to `capacity`: a hostile input
/// with endless field names cannot exhaust memory, its surplus fields become `FieldID.overflow`.
public final class Vocabulary: Sendable {
    private struct State {
        var fields: [String: FieldID] = [:]
        var names: [String] = []
        var sources: [LogSource: LogSourceID] = [:]
        var sourceList: [LogSource] = []
    }

    private let state: Mutex<State>
    /// The most field names that are told apart.
    public let capacity: Int

    /// Makes a vocabulary that knows the catalogue.
    public init(capacity: Int = 65_536) {
        var initial = State()
        initial.names = FieldCatalogue.names
        for (index, name) in FieldCatalogue.names.enumerated() {
            initial.fields[name] = FieldID(rawValue: UInt32(index))
        }
        state = Mutex(initial)
        self.capacity = capacity
    }

    /// The id of a field name; takes a lock, so callers on the per-event path go through a `FieldCache`.
    public func field(_ name: String) -> FieldID {
        state.withLock { state in
            if let known = state.fields[name] { return known }
            guard state.names.count < capacity else { return .overflow }
            let id = FieldID(rawValue: UInt32(state.names.count))
            state.fields[name] = id
            state.names.append(name)
            return id
        }
    }

    /// The id of a field name given as UTF-8; see `field(_:)` for the cost.
    public func field(_ name: Span<UInt8>) -> FieldID { field(String(decoding: name)) }

    /// The name behind an id.
    public func name(of field: FieldID) -> String {
        state.withLock { state in
            Int(field.rawValue) < state.names.count ? state.names[Int(field.rawValue)] : "(other)"
        }
    }

    /// How many field names are known; ids lie below it.
    public var fieldCount: Int { state.withLock { $0.names.count } }

    /// The id of a log source.
    public func source(_ source: LogSource) -> LogSourceID {
        state.withLock { state in
            if let known = state.sources[source] { return known }
            // Readers make a few dozen sources; input can name its own only through --log-source.
            precondition(state.sourceList.count < Int(UInt16.max), "too many log sources")
            let id = LogSourceID(rawValue: UInt16(state.sourceList.count))
            state.sources[source] = id
            state.sourceList.append(source)
            return id
        }
    }

    /// The log source behind an id.
    public func source(of id: LogSourceID) -> LogSource { state.withLock { $0.sourceList[Int(id.rawValue)] } }

    /// How many log sources are known; ids lie below it.
    public var sourceCount: Int { state.withLock { $0.sourceList.count } }
}

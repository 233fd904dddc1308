// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Bytes

/// A value that is one of a few names.
///
/// Used as the `transform` of an option, it answers a misspelt name with the nearest right one.
extension RawRepresentable where Self: CaseIterable, RawValue == String {
    /// Reads a name.
    static func named(_ name: String) throws -> Self {
        if let value = Self(rawValue: name) { return value }
        let names = allCases.map(\.rawValue)
        let hint = NearestName.hint(for: name, among: names)
        throw ValidationError("`\(name)` is none of them\(hint); there are: \(names.joined(separator: ", "))")
    }
}

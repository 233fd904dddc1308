// SPDX-License-Identifier: Apache-2.0

/// A condition over search identifiers (Sigma specification 2.1, "Condition").
public indirect enum Condition: Sendable, Hashable {
    /// One search.
    case search(String)
    /// All must hold.
    case and([Condition])
    /// One must hold.
    case or([Condition])
    /// Must not hold.
    case not(Condition)
    /// `1 of …` (also `any of …`) or `all of …` over the searches a pattern selects; the names it selected, in order.
    /// Resolved when the rule is read, so an identifier list here is never empty.
    case of(Quantifier, [String])

    /// How many of the selected searches must hold.
    public enum Quantifier: Sendable, Hashable {
        case any, all
        /// At least this many (`2 of them`, as pySigma reads it).
        case atLeast(Int)
    }
}

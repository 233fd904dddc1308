// SPDX-License-Identifier: Apache-2.0

extension ConformanceCase {
    /// Every case: each box of the Sigma specification's values, modifiers and conditions, each known trap, and each
    /// defect known of another engine.
    public static let all: [ConformanceCase] =
        strings + wildcards + specialValues + numbers + collections + matching + encodings + expressions + keywords
        + conditions + sources
}

// SPDX-License-Identifier: Apache-2.0

extension AttackRelease {
    /// What a later version of ATT&CK does to an id or tactic, in a sentence; nil where nothing is known.
    ///
    /// Version 19 (2026) parts the tactic Defense Evasion into Stealth, which keeps TA0005, and Defense Impairment
    /// (TA0112), and splits Impair Defenses (T1562) into T1685, T1686 and T1689. Public rules are being tagged for either
    /// version; a document is held to the version it names.
    public func laterChange(_ word: String) -> String? {
        let folded = word.uppercased().replacing("_", with: "-").replacing(" ", with: "-")
        switch folded.prefix(while: { $0 != "." }) {
        case "T1562":
            return "ATT&CK 19 splits Impair Defenses (T1562 and its sub-techniques) into T1685, T1686 and T1689"
        case "T1685", "T1686", "T1689":
            return "\(folded) is of ATT&CK 19, which splits Impair Defenses; up to version 18 it is T1562"
        case "TA0005", "DEFENSE-EVASION":
            return "ATT&CK 19 parts Defense Evasion into Stealth (TA0005) and Defense Impairment (TA0112)"
        case "STEALTH":
            return "Stealth is what ATT&CK 19 calls TA0005; up to version 18 it is defense-evasion"
        case "TA0112", "DEFENSE-IMPAIRMENT":
            return "Defense Impairment (TA0112) is of ATT&CK 19; up to version 18 it is part of defense-evasion"
        default:
            return nil
        }
    }
}

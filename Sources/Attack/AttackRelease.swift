// SPDX-License-Identifier: Apache-2.0

/// One version of MITRE ATT&CK for Enterprise, as shipped with the program.
///
/// Lookups cost microseconds and nothing is loaded beforehand. Ids are understood in any case. The data is
/// "© 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation."
public struct AttackRelease: Sendable {
    /// The version the program is built with.
    public static let pinned = AttackRelease()

    /// The version, such as `18.1`.
    public let version = Enterprise.version
    /// The day of its release, `YYYY-MM-DD`.
    public let released = Enterprise.released
    /// The notice that ATT&CK's terms of use ask for wherever its content is shown.
    public static let notice = """
        © 2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE \
        Corporation. MITRE ATT&CK and ATT&CK are registered trademarks of The MITRE Corporation.
        """

    private static let tactics = Table(Enterprise.tactics)
    private static let techniques = Table(Enterprise.techniques)
    private static let strategies = Table(Enterprise.detectionStrategies)
    private static let analytics = Table(Enterprise.analytics)
    private static let components = Table(Enterprise.dataComponents)

    private init() {}

    /// The major version, such as `18`, as ATT&CK Navigator names it.
    public var majorVersion: String { String(version.prefix { $0 != "." }) }

    // MARK: Tactics

    /// The tactics in the order of the matrix.
    public var tactics: [Tactic] {
        Self.tactics.rows().compactMap(Tactic.init(row:)).sorted { $0.place < $1.place }
    }

    /// The tactic with an id (`TA0002`), or with a short name or name in any case and with `-`, `_` or spaces.
    public func tactic(_ word: String) -> Tactic? {
        let folded = word.lowercased().replacing("_", with: "-").replacing(" ", with: "-")
        return tactics.first { $0.shortName == folded || $0.id.lowercased() == folded }
    }

    // MARK: Techniques

    /// All techniques and sub-techniques in the order of their ids; revoked and deprecated ones too.
    public var techniques: [Technique] { Self.techniques.rows().compactMap(Technique.init(row:)) }

    /// The technique or sub-technique with an id.
    public func technique(_ id: String) -> Technique? {
        Self.techniques.row(id.uppercased()).flatMap(Technique.init(row:))
    }

    /// The sub-techniques of a technique that are neither revoked nor deprecated.
    public func subtechniques(of id: String) -> [Technique] {
        guard !id.isEmpty else { return [] }
        return Self.techniques.rows(startingWith: id.uppercased() + ".").compactMap(Technique.init(row:))
            .filter { $0.status == .current }
    }

    /// What stands today for an id: the technique itself, or what it was revoked for, however often; nil for what is
    /// unknown or was revoked without a replacement.
    public func currentTechnique(_ id: String) -> Technique? {
        var technique = technique(id)
        // The bound is for data that would go in a circle; no chain of ATT&CK's is longer than three.
        for _ in 0..<8 {
            guard case .revoked(let replacement) = technique?.status else { return technique }
            technique = replacement.flatMap(self.technique)
        }
        return nil
    }

    // MARK: Detection strategies and analytics

    /// The detection strategy with an id such as `DET0063`.
    public func detectionStrategy(_ id: String) -> DetectionStrategy? {
        Self.strategies.row(id.uppercased()).flatMap(DetectionStrategy.init(row:))
    }

    /// The detection strategies ATT&CK gives for a technique.
    public func detectionStrategies(of technique: String) -> [DetectionStrategy] {
        (self.technique(technique)?.detectionStrategies ?? []).compactMap(detectionStrategy)
    }

    /// The analytic with an id such as `AN0174`.
    public func analytic(_ id: String) -> Analytic? {
        Self.analytics.row(id.uppercased()).flatMap { Analytic(row: $0, component: dataComponent) }
    }

    /// The analytics ATT&CK gives for a technique, in the order of their ids.
    public func analytics(of technique: String) -> [Analytic] {
        detectionStrategies(of: technique).flatMap { $0.analytics.compactMap(analytic) }
    }

    /// The name of the data component with an id: `Process Creation` for `DC0032`.
    public func dataComponent(_ id: String) -> String? {
        Self.components.row(id.uppercased()).flatMap { $0.count > 1 ? $0[1] : nil }
    }
}

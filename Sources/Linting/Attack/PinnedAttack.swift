// SPDX-License-Identifier: Apache-2.0
import Attack
import Strategies

/// The ATT&CK version the program is built with, as far as lint looks at it.
public struct PinnedAttack: AttackKnowledge {
    private let release = AttackRelease.pinned

    /// Makes it; costs nothing.
    public init() {}

    /// The version the data belongs to.
    public var version: String { release.version }

    /// A technique or sub-technique by id; nil when there is none.
    public func technique(_ id: String) -> AttackTechnique? {
        release.technique(id).map { technique in
            AttackTechnique(
                name: technique.name, tactics: technique.tactics, platforms: technique.platforms,
                isRevoked: technique.status != .current,
                replacedBy: technique.status == .current
                    ? nil : release.currentTechnique(id).flatMap { $0.id == technique.id ? nil : $0.id })
        }
    }

    /// The analytics of a technique's detection strategy.
    public func analytics(of technique: String) -> [AttackAnalytic] {
        release.analytics(of: technique).map {
            AttackAnalytic(
                id: $0.id, platforms: $0.platforms, mutableElements: $0.mutableElements.map(\.field))
        }
    }
}

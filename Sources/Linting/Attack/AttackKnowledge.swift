// SPDX-License-Identifier: Apache-2.0
import Strategies

/// What lint needs to know of ATT&CK.
public protocol AttackKnowledge: Sendable {
    /// The version the data belongs to, such as `18.1`.
    var version: String { get }
    /// A technique or sub-technique by id; nil when there is none.
    func technique(_ id: String) -> AttackTechnique?
    /// The analytics of a technique's detection strategy.
    func analytics(of technique: String) -> [AttackAnalytic]
}

/// A technique as far as lint looks at it.
public struct AttackTechnique: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// Short names of its tactics such as `execution`.
    public var tactics: [String]
    /// Its platforms such as `Linux`.
    public var platforms: [String]
    /// Whether it was revoked or deprecated.
    public var isRevoked: Bool
    /// The id of the technique that took its place.
    public var replacedBy: String?

    /// Describes a technique.
    public init(
        name: String, tactics: [String], platforms: [String], isRevoked: Bool = false, replacedBy: String? = nil
    ) {
        self.name = name
        self.tactics = tactics
        self.platforms = platforms
        self.isRevoked = isRevoked
        self.replacedBy = replacedBy
    }
}

/// An analytic of a detection strategy (ATT&CK 18 and later).
public struct AttackAnalytic: Sendable, Hashable {
    /// Its id such as `AN0174`.
    public var id: String
    /// Its platforms.
    public var platforms: [String]
    /// The elements it leaves to the environment.
    public var mutableElements: [String]

    /// Describes an analytic.
    public init(id: String, platforms: [String], mutableElements: [String]) {
        self.id = id
        self.platforms = platforms
        self.mutableElements = mutableElements
    }
}

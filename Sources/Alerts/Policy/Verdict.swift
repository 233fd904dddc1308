// SPDX-License-Identifier: Apache-2.0
import Sigma

/// What a policy says about one finding, in numbers: cheap enough to make for each repeat.
public struct Verdict: Hashable, Sendable {
    /// How urgent the finding is.
    public var level: Level
    /// Position of the criterion that set the level; nil for a default.
    public var criterion: Int?
    /// Position of the suppression among the policy's records; nil when the finding is to be shown.
    public var suppression: Int?

    /// A rule's own level.
    public init(level: Level, criterion: Int? = nil, suppression: Int? = nil) {
        self.level = level
        self.criterion = criterion
        self.suppression = suppression
    }

    /// What of the verdict keeps findings of one rule on one entity apart.
    ///
    /// An alert's evidence shows why it has its level, so findings that meet different criteria are not folded together;
    /// and what is silent never swallows what is not.
    public var distinction: Distinction { Distinction(criterion: criterion, suppression: suppression) }

    /// What keeps findings of one rule on one entity apart.
    public struct Distinction: Hashable, Sendable {
        /// As in the verdict.
        public var criterion: Int?
        /// As in the verdict.
        public var suppression: Int?

        /// That of findings no policy is about.
        public static let plain = Distinction(criterion: nil, suppression: nil)
    }
}

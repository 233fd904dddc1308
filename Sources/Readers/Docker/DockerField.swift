// SPDX-License-Identifier: Apache-2.0

/// Fields of Docker's and Podman's events and descriptions.
enum DockerField: UInt8, KnownFieldSet {
    case type, action, actor, oldStatus, oldID, oldFrom, podmanStatus, podmanID, podmanName, inspectID
    case inspectConfig, inspectHostConfig, repoTags, rootFS

    static let group = KnownFieldGroup.docker

    var names: [String] {
        switch self {
        case .type: ["Type"]
        case .action: ["Action"]
        case .actor: ["Actor"]
        case .oldStatus: ["status"]
        case .oldID: ["id"]
        case .oldFrom: ["from"]
        case .podmanStatus: ["Status"]
        case .podmanID: ["ID"]
        case .podmanName: ["Name"]
        case .inspectID: ["Id"]
        case .inspectConfig: ["Config"]
        case .inspectHostConfig: ["HostConfig"]
        case .repoTags: ["RepoTags"]
        case .rootFS: ["RootFS"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func docker(_ field: DockerField) -> KnownField { KnownField(field) }
}

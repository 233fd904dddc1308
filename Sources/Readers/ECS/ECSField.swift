// SPDX-License-Identifier: Apache-2.0

/// Fields of the Elastic Common Schema and of Winlogbeat that tell what an event is.
enum ECSField: UInt8, KnownFieldSet {
    case version, winlog, category, action, type, osType, osPlatform, osFamily, agentType, processArgs
    case processCommandLine, userName, userDomain, winlogChannel, winlogProvider, winlogEventID, winlogType
    case code, dnsQuestion, process, networkDirection

    static let group = KnownFieldGroup.ecs

    var names: [String] {
        switch self {
        case .version: ["ecs.version"]
        case .winlog: ["winlog"]
        case .category: ["event.category"]
        case .action: ["event.action"]
        case .type: ["event.type"]
        case .osType: ["host.os.type"]
        case .osPlatform: ["host.os.platform"]
        case .osFamily: ["host.os.family"]
        case .agentType: ["agent.type"]
        case .processArgs: ["process.args"]
        case .processCommandLine: ["process.command_line"]
        case .userName: ["user.name"]
        case .userDomain: ["user.domain"]
        case .winlogChannel: ["winlog.channel"]
        case .winlogProvider: ["winlog.provider_name"]
        case .winlogEventID: ["winlog.event_id"]
        case .winlogType: ["winlog.event_data.EventType"]
        case .code: ["event.code"]
        case .dnsQuestion: ["dns.question.name"]
        case .process: ["process.executable", "process.name", "process.pid"]
        case .networkDirection: ["network.direction"]
        }
    }
}

extension KnownField {
    /// A field of this set.
    @inline(__always)
    static func ecs(_ field: ECSField) -> KnownField { KnownField(field) }
}

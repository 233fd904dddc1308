// SPDX-License-Identifier: Apache-2.0
import Events

/// The fields of an audit event that its derived event is made of.
struct AuditFacts {
    var syscallName: Slot?
    var success: Slot?
    var exit: Slot?
    var arguments: (Slot?, Slot?, Slot?) = (nil, nil, nil)
    var pid: Slot?
    var ppid: Slot?
    var auid: Slot?
    var uid: Slot?
    var euid: Slot?
    var session: Slot?
    var tty: Slot?
    var comm: Slot?
    var exe: Slot?
    /// Slots of the system call's record, where its keys are.
    var record = 0..<0
    var userName: Slot?
    var node: Slot?
    /// The host of a wrapper.
    var host: Slot?
    /// The container an agent names.
    var container: Slot?
    var cwd: Slot?
    var proctitle: Slot?
    var commandLine: Slot?
    var socketAddress: Slot?
    var socketPort: Slot?
    var socketPath: Slot?
    var hasSocket = false

    /// Takes in the fields of one record.
    mutating func add(_ slots: Span<Slot>, _ range: Range<Int>, _ type: AuditRecordType, _ table: AuditFieldTable) {
        if type == .syscall { record = range }
        for index in range {
            let slot = slots[index]
            if slot.field == .node { node = slot }
            switch table.role(slot.field) {
            case .cwd where type == .cwd: cwd = slot
            case .proctitle: proctitle = slot
            case .socketText: socketAddress = slot
            case .socketPort: socketPort = slot
            case .socketPath: socketPath = slot
            case .socketAddress, .socketEnriched: hasSocket = true
            default: if type == .syscall { addCall(slot, table.role(slot.field)) }
            }
        }
    }

    private mutating func addCall(_ slot: Slot, _ role: AuditRole) {
        switch role {
        case .syscallName: syscallName = slot
        case .success: success = slot
        case .exit: exit = slot
        case .argument0: arguments.0 = slot
        case .argument1: arguments.1 = slot
        case .argument2: arguments.2 = slot
        case .pid: pid = slot
        case .ppid: ppid = slot
        case .auid: auid = slot
        case .uid: uid = slot
        case .euid: euid = slot
        case .session: session = slot
        case .tty: tty = slot
        case .comm: comm = slot
        case .exe: exe = slot
        case .userName: userName = slot
        case .cwd: cwd = slot
        case .commandLine: commandLine = slot
        default: break
        }
    }

    /// The argument with a number, as far as the kernel records them.
    func argument(_ number: Int) -> Slot? {
        switch number {
        case 0: arguments.0
        case 1: arguments.1
        case 2: arguments.2
        default: nil
        }
    }
}

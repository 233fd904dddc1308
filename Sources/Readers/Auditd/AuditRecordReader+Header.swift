// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditRecordReader {
    /// The host of a record without `node`: the one its wrapper names, else the one in its syslog header; or empty.
    @inline(__always)
    func host(_ input: AuditBytes, _ place: Place, _ header: AuditHeader) -> Range<Int> {
        guard header.node.isEmpty, place.host.isEmpty else { return header.node.isEmpty ? place.host : 0..<0 }
        let start = header.type.lowerBound - "type=".utf8.count
        guard start > place.line.lowerBound else { return 0..<0 }
        return input.with { SyslogHeader($0, place.line.lowerBound..<start, clock).host }
    }

    /// Node and kind come before the fields; a number is translated to its name.
    func addNode(_ header: AuditHeader, shift: Int, _ slots: AuditSlots, _ found: AuditFindings) {
        guard !header.node.isEmpty else { return }
        slots.append(Slot.at(.node, header.node, shift, .string))
        found.note(.node, slots)
    }

    @inline(__always)
    func addHeader(_ input: AuditBytes, _ header: AuditHeader, _ kind: AuditKinds.Entry) {
        addNode(header, shift: 0, slots, found)
        let name = kind.isNumber ? AuditRecordNames.shared.store(kind.type, in: text) : nil
        slots.append(.type, name ?? header.type, .string)
    }

    /// Adds the system call's name where only its number was recorded.
    func addSyscallName(_ part: AuditFieldParser.Part, _ slots: AuditSlots, _ found: AuditFindings) {
        guard !found.hasSyscallName, !found.syscall.isEmpty else { return }
        let call = part.source.slice(found.syscall)
        if let number = call.with({ decimal($0) }) {
            guard let (table, mask) = SyscallTable.of(arch: part.source.slice(found.arch)),
                let value = Int(exactly: number), let name = table.store(value & mask, in: text)
            else { return }
            slots.append(.SYSCALL, name, .string)
        } else {
            slots.append(Slot.at(.SYSCALL, found.syscall, part.shift, .string))
        }
        found.note(.syscallName, slots)
    }

    func refuse(
        _ failure: AuditHeader.Failure, _ position: UInt64, _ path: String, _ report: inout ReadReport
    ) {
        switch failure {
        case .absent: report.add(.unrecognised, path: path, position: position, "not an audit record")
        case .cut: report.add(.truncated, path: path, position: position, "the audit record ends inside its header")
        case .malformed:
            report.add(
                .malformed, path: path, position: position,
                "the audit record's header is not `type=… msg=audit(seconds.milliseconds:serial):`")
        }
    }
}

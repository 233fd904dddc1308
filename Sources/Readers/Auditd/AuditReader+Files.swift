// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditReader {
    /// The fields of one PATH record.
    private struct PathFields {
        var name: Slot?
        var nametype: Slot?
    }

    /// Adds the file an event created or deleted; false when its records name none.
    mutating func addFile(
        _ input: Span<UInt8>, _ facts: AuditFacts, _ lines: [AuditGroup.Line], _ slots: Span<Slot>,
        _ nametype: StaticString, _ directory: Int?
    ) -> Bool {
        var target: Slot?
        var removed: Slot?
        var parent: Slot?
        for line in lines where line.type == .path {
            let path = fields(slots, line.slots)
            // What was named by a descriptor alone has an empty name.
            guard let name = path.name, name.kind != .null, name.length > 0 else { continue }
            if target == nil, isEqual(path.nametype, nametype, input) {
                target = name
            } else if removed == nil, isEqual(path.nametype, "DELETE", input) {
                removed = name
            } else if isEqual(path.nametype, "PARENT", input) {
                // Of a rename the second parent is the new name's.
                parent = name
            }
        }
        guard let target else { return false }
        addActor(input, facts, slots)
        let base = isRelativeToCWD(input, facts, directory) ? facts.cwd : nil
        // A bare name's parent is written as the working directory even where the call named another by descriptor
        // (audit_log_name in kernel/audit.c): then nothing tells the directory.
        if base == nil, let named = parent, let cwd = facts.cwd,
            with(named, input, { first in with(cwd, input) { AuditPath.isSame(first, $0) } })
        {
            parent = nil
        }
        add(.targetFilename, absolute(target, base, parent, input))
        if nametype.utf8CodeUnitCount == 6, let removed, isRename(input, facts) {
            let oldBase = isRelativeToCWD(input, facts, directory == nil ? nil : 0) ? facts.cwd : nil
            add(.sourceFilename, absolute(removed, oldBase, nil, input))
        }
        return true
    }

    /// Whether a call empties the file it names: `creat`, `truncate`, and `open` with `O_TRUNC`
    /// (include/uapi/asm-generic/fcntl.h), whose flags the record has in hexadecimal.
    func truncates(_ input: Span<UInt8>, _ call: Slot, _ facts: AuditFacts) -> Bool {
        if isEqual(call, "creat", input) || isEqual(call, "truncate", input) { return true }
        let isOpen = isEqual(call, "open", input)
        guard isOpen || isEqual(call, "openat", input), let flags = facts.argument(isOpen ? 1 : 2) else { return false }
        return with(flags, input, AuditAction.isTruncating)
    }

    private func isRename(_ input: Span<UInt8>, _ facts: AuditFacts) -> Bool {
        guard let name = facts.syscallName else { return false }
        return with(name, input) { startsWith($0, "rename") }
    }

    private func fields(_ slots: Span<Slot>, _ range: Range<Int>) -> PathFields {
        var found = PathFields()
        for index in range {
            switch parser.table.role(slots[index].field) {
            case .name: found.name = slots[index]
            case .nametype: found.nametype = slots[index]
            default: break
            }
        }
        return found
    }

    /// Whether relative paths begin at the working directory: the call takes no directory, or AT_FDCWD (-100).
    private func isRelativeToCWD(_ input: Span<UInt8>, _ facts: AuditFacts, _ directory: Int?) -> Bool {
        guard let directory, let argument = facts.argument(directory) else { return true }
        return isEqual(argument, "ffffff9c", input) || isEqual(argument, "ffffffffffffff9c", input)
    }

    /// A path made absolute and free of `.`, `..` and doubled slashes.
    ///
    /// A relative path whose directory is not recorded stays relative: joining it to another directory would name a
    /// file that was not touched.
    mutating func absolute(_ path: Slot, _ base: Slot?, _ parent: Slot?, _ input: Span<UInt8>) -> Slot {
        if with(path, input, AuditPath.isClean) { return path }
        let isAbsolute = with(path, input) { $0.count > 0 && $0[0] == UInt8(ascii: "/") }
        var whole: [UInt8] = []
        if !isAbsolute {
            if let base, with(base, input, AuditPath.isAbsolute) {
                with(base, input) { whole.append(contentsOf: $0) }
                whole.append(UInt8(ascii: "/"))
            } else if base == nil, let parent, with(parent, input, AuditPath.isAbsolute) {
                // The directory was given by descriptor; the parent's record has its path.
                with(parent, input) { whole.append(contentsOf: $0) }
                whole.append(UInt8(ascii: "/"))
                with(path, input) { whole.append(contentsOf: $0.extracting(AuditPath.lastComponent($0))) }
                return stored(AuditPath.normalised(whole), path)
            } else {
                return path
            }
        }
        with(path, input) { whole.append(contentsOf: $0) }
        return stored(AuditPath.normalised(whole), path)
    }

    private mutating func stored(_ bytes: [UInt8], _ path: Slot) -> Slot {
        Slot.at(path.field, decoded.store(bytes.span), 0, .string)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension AuditRecordReader {
    /// Adds the file an event created or deleted; false when its records name none.
    func addFile(_ scene: borrowing AuditScene, _ nametype: StaticString, _ directory: Int?) -> Bool {
        let input = scene.input
        var target: Slot?
        var removed: Slot?
        var parent: Slot?
        scene.forEachLine(.path) { line in
            guard line.name >= 0 else { return }
            let name = scene.slots[Int(line.name)]
            let type = line.nametype < 0 ? nil : scene.slots[Int(line.nametype)]
            // What was named by a descriptor alone has an empty name.
            guard name.kind != .null, name.length > 0 else { return }
            if target == nil, isEqual(type, nametype, input) {
                target = name
            } else if removed == nil, isEqual(type, "DELETE", input) {
                removed = name
            } else if isEqual(type, "PARENT", input) {
                // Of a rename the second parent is the new name's.
                parent = name
            }
        }
        guard let target else { return false }
        addActor(scene)
        let base = isRelativeToCWD(scene, directory) ? scene[.cwd] : nil
        // A bare name's parent is written as the working directory even where the call named another by descriptor
        // (audit_log_name in kernel/audit.c): then nothing tells the directory.
        if base == nil, let named = parent, let cwd = scene[.cwd],
            with(named, input, { first in with(cwd, input) { AuditPath.isSame(first, $0) } })
        {
            parent = nil
        }
        add(.targetFilename, absolute(target, base, parent, input))
        if nametype.utf8CodeUnitCount == 6, let removed, isRename(scene) {
            let oldBase = isRelativeToCWD(scene, directory == nil ? nil : 0) ? scene[.cwd] : nil
            add(.sourceFilename, absolute(removed, oldBase, nil, input))
        }
        return true
    }

    /// Whether a call empties the file it names: `creat`, `truncate`, and `open` with `O_TRUNC`
    /// (include/uapi/asm-generic/fcntl.h), whose flags the record has in hexadecimal.
    func truncates(_ call: Slot, _ scene: borrowing AuditScene) -> Bool {
        let input = scene.input
        if isEqual(call, "creat", input) || isEqual(call, "truncate", input) { return true }
        let isOpen = isEqual(call, "open", input)
        guard isOpen || isEqual(call, "openat", input), let flags = scene.argument(isOpen ? 1 : 2) else { return false }
        return with(flags, input, AuditAction.isTruncating)
    }

    private func isRename(_ scene: borrowing AuditScene) -> Bool {
        guard let name = scene[.syscallName] else { return false }
        return with(name, scene.input) { startsWith($0, "rename") }
    }

    /// Whether relative paths begin at the working directory: the call takes no directory, or AT_FDCWD (-100).
    private func isRelativeToCWD(_ scene: borrowing AuditScene, _ directory: Int?) -> Bool {
        guard let directory, let argument = scene.argument(directory) else { return true }
        return isEqual(argument, "ffffff9c", scene.input) || isEqual(argument, "ffffffffffffff9c", scene.input)
    }

    /// A path made absolute and free of `.`, `..` and doubled slashes.
    ///
    /// A relative path whose directory is not recorded stays relative: joining it to another directory would name a
    /// file that was not touched.
    func absolute(_ path: Slot, _ base: Slot?, _ parent: Slot?, _ input: AuditBytes) -> Slot {
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

    private func stored(_ bytes: [UInt8], _ path: Slot) -> Slot {
        Slot.at(path.field, text.store(bytes.span), 0, .string)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Writes the records of one chunk.
struct EVTXChunkWriter {
    private var bytes = [UInt8](repeating: 0, count: 512)
    private var names: [String: Int] = [:]
    private var templates: [String: Int] = [:]
    private var ids: [UInt64] = []
    private var last = 0

    var isEmpty: Bool { ids.isEmpty }

    mutating func add(_ root: EVTXNode, _ values: [EVTXValue]?, id: UInt64, written: UInt64) {
        let start = bytes.count
        last = start
        ids.append(id)
        bytes += [0x2A, 0x2A, 0, 0, 0, 0, 0, 0] + EVTXValue.bytes(id) + EVTXValue.bytes(written)
        if let values {
            add(template: root, values)
        } else {
            bytes += [0x0F, 1, 1, 0]
            add(root, hasDependency: true)
        }
        bytes += [0]
        let size = EVTXValue.bytes(UInt32(bytes.count + 4 - start))
        bytes += size
        bytes.put(size, at: start + 4)
    }

    func finished() -> [UInt8] {
        let free = bytes.count
        precondition(free <= 65_536, "the records do not fit into one chunk")
        var chunk = bytes + [UInt8](repeating: 0, count: 65_536 - free)
        chunk.put(Array("ElfChnk\0".utf8), at: 0)
        for (index, id) in [ids.first, ids.last, ids.first, ids.last].enumerated() {
            chunk.put(EVTXValue.bytes(id ?? 0), at: 8 + 8 * index)
        }
        chunk.put([128, 0, 0, 0] + EVTXValue.bytes(UInt32(last)) + EVTXValue.bytes(UInt32(free)), at: 40)
        chunk.put(EVTXValue.bytes(checksum(chunk[512..<free])), at: 52)
        chunk.put(EVTXValue.bytes(checksum(chunk[..<120] + chunk[128..<512])), at: 124)
        return chunk
    }

    private mutating func add(template root: EVTXNode, _ values: [EVTXValue]) {
        bytes += [0x0F, 1, 1, 0, 0x0C, 1, 1, 0, 0, 0]
        let key = "\(root)"
        if let known = templates[key] {
            bytes += EVTXValue.bytes(UInt32(known))
        } else {
            let place = bytes.count + 4
            templates[key] = place
            bytes += EVTXValue.bytes(UInt32(place)) + [0, 0, 0, 0] + (0..<16)
            let size = reserve(4)
            bytes += [0x0F, 1, 1, 0]
            add(root, hasDependency: true)
            bytes += [0]
            bytes.put(EVTXValue.bytes(UInt32(bytes.count - size - 4)), at: size)
        }
        add(values)
    }

    private mutating func add(_ values: [EVTXValue]) {
        bytes += EVTXValue.bytes(UInt32(values.count))
        let table = reserve(4 * values.count)
        for (index, value) in values.enumerated() {
            let start = bytes.count
            let type: UInt8
            switch value {
            case .bytes(let given, let content):
                type = given
                bytes += content
            case .template(let root, let values):
                type = 0x21
                add(template: root, values)
                bytes += [0]
            case .elements(let root):
                type = 0x21
                bytes += [0x0F, 1, 1, 0]
                add(root, hasDependency: false)
                bytes += [0]
            }
            bytes.put(EVTXValue.bytes(UInt16(bytes.count - start)) + [type, 0], at: table + 4 * index)
        }
    }

    private mutating func add(_ node: EVTXNode, hasDependency: Bool) {
        switch node {
        case .element(let name, let attributes, let content):
            bytes += [attributes.isEmpty ? 0x01 : 0x41] + (hasDependency ? [0xFF, 0xFF] : [])
            let size = reserve(4)
            add(name: name)
            if !attributes.isEmpty {
                let list = reserve(4)
                for (index, attribute) in attributes.enumerated() {
                    bytes += [index + 1 < attributes.count ? 0x46 : 0x06]
                    add(name: attribute.name)
                    for piece in attribute.content { add(piece, hasDependency: hasDependency) }
                }
                bytes.put(EVTXValue.bytes(UInt32(bytes.count - list - 4)), at: list)
            }
            if let content {
                bytes += [0x02]
                for piece in content { add(piece, hasDependency: hasDependency) }
                bytes += [0x04]
            } else {
                bytes += [0x03]
            }
            bytes.put(EVTXValue.bytes(UInt32(bytes.count - size - 4)), at: size)
        case .text(let text): bytes += [0x05, 0x01] + counted(text)
        case .value(let index, let type, let isOptional):
            bytes += [isOptional ? 0x0E : 0x0D] + EVTXValue.bytes(UInt16(index)) + [type]
        case .cdata(let text): bytes += [0x07] + counted(text)
        case .character(let unit): bytes += [0x08] + EVTXValue.bytes(unit)
        case .entity(let name):
            bytes += [0x09]
            add(name: name)
        case .instruction(let target, let text):
            bytes += [0x0A]
            add(name: target)
            bytes += [0x0B] + counted(text)
        case .raw(let raw): bytes += raw
        }
    }

    private mutating func add(name: String) {
        if let known = names[name] {
            bytes += EVTXValue.bytes(UInt32(known))
            return
        }
        let place = bytes.count + 4
        names[name] = place
        // The hash of libevtx, section 3.2; readers need not look at it.
        let hash = name.utf16.reduce(UInt32(0)) { $0 &* 65_599 &+ UInt32($1) }
        bytes += EVTXValue.bytes(UInt32(place)) + [0, 0, 0, 0] + EVTXValue.bytes(UInt16(truncatingIfNeeded: hash))
        bytes += counted(name) + [0, 0]
    }

    private func counted(_ text: String) -> [UInt8] {
        EVTXValue.bytes(UInt16(text.utf16.count)) + text.utf16.flatMap { EVTXValue.bytes($0) }
    }

    private mutating func reserve(_ count: Int) -> Int {
        bytes += [UInt8](repeating: 0, count: count)
        return bytes.count - count
    }
}

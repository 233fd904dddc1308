// SPDX-License-Identifier: Apache-2.0
import Bytes
import Events

extension Enricher {
    /// Adds who stands above a process that was just created.
    mutating func addLineage(of process: Int, to batch: inout EventBatch) {
        if let parent = processes.parent(of: process) {
            add(.parentImage, .parentImage, .image, of: parent, to: &batch)
            add(.parentCommandLine, .parentCommandLine, .commandLine, of: parent, to: &batch)
            add(.parentUser, .parentUser, .user, of: parent, to: &batch)
            add(.processParentTty, .parentTty, .terminal, of: parent, to: &batch)
            addParentPython(parent, to: &batch)
        }
        guard !fields.has(.ancestors) else { return }
        addAncestors(of: process, to: &batch)
    }

    /// Adds programs upwards: those the process itself ran before, its parent's, those the parent ran before, and on.
    private mutating func addAncestors(of process: Int, to batch: inout EventBatch) {
        var left = limits.ancestors
        var current = process
        addHistory(of: current, to: &batch, left: &left)
        while left > 0, let next = processes.parent(of: current) {
            processes.touch(next)
            let image = processes.place(.image, of: next)
            if image.length > 0 {
                let page = processes.arena.page(of: image)
                add(.processAncestors, page.span.extracting(image.range), to: &batch)
            }
            // Unnamed processes count too, so that the walk is bounded whatever is known.
            left -= 1
            addHistory(of: next, to: &batch, left: &left)
            current = next
        }
    }

    private func addHistory(of process: Int, to batch: inout EventBatch, left: inout Int) {
        let place = processes.place(.history, of: process)
        guard place.length > 0 else { return }
        let page = processes.arena.page(of: place)
        let history = page.span.extracting(place.range)
        var start = 0
        while left > 0, let end = firstIndex(of: 0, in: history, from: start) {
            add(.processAncestors, history.extracting(start..<end), to: &batch)
            left -= 1
            start = end + 1
        }
    }

    /// Notes the program a process is about to leave.
    mutating func pushHistory(_ process: Int) {
        var entry = takeHistory()
        let image = processes.place(.image, of: process)
        entry += processes.arena.page(of: image)[image.range]
        pushHistory(&entry, to: process)
    }

    /// Notes a program a late record says the process ran.
    mutating func pushHistory(_ process: Int, field: FieldPicker.Field, in batch: EventBatch) {
        guard let range = fields.range(field, in: batch) else { return }
        var entry = takeHistory()
        entry.append(contentsOf: batch.bytes.span.extracting(range))
        pushHistory(&entry, to: process)
    }

    /// An empty list with the memory of the last one.
    private mutating func takeHistory() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &history)
        taken.removeAll(keepingCapacity: true)
        return taken
    }

    /// Puts a program before those the process ran earlier.
    private mutating func pushHistory(_ entry: inout [UInt8], to process: Int) {
        defer { swap(&entry, &history) }
        guard !entry.isEmpty, firstIndex(of: 0, in: entry.span) == nil else { return }
        entry.removeLast(max(0, entry.count - limits.valueBytes / 8))
        entry.append(0)
        let old = processes.bytes(.history, of: process)
        // Whole entries only, so that the last one is never cut.
        var kept = min(old.count, max(0, limits.valueBytes - entry.count))
        while kept > 0, old[kept - 1] != 0 { kept -= 1 }
        entry += old[..<kept]
        processes.set(.history, of: process, to: entry.span)
    }

    /// Adds to an event what is known of the process that acts in it.
    mutating func addActor(_ process: Int, to batch: inout EventBatch) {
        add(.image, .image, .image, of: process, to: &batch)
        add(.commandLine, .commandLine, .commandLine, of: process, to: &batch)
        add(.user, .user, .user, of: process, to: &batch)
        if let parent = processes.parent(of: process) {
            add(.parentImage, .parentImage, .image, of: parent, to: &batch)
        }
        if !fields.has(.ancestors) { addAncestors(of: process, to: &batch) }
        addContainer(process, to: &batch)
        let entry = processes[process]
        guard entry.isInterpreter, !fields.has(.pythonSource) else { return }
        addSource(.pythonSource, of: entry, to: &batch)
        add(.pythonScript, .pythonScript, .script, of: process, to: &batch)
        add(.pythonModule, .pythonModule, .module, of: process, to: &batch)
    }
}

// SPDX-License-Identifier: Apache-2.0
import Bytes

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Hears of changes in folders at once, where the system tells them (inotify(7)); elsewhere, and on file systems that do
/// not tell, changes are only found by looking.
final class FolderWatch {
    /// What was heard.
    struct News {
        /// Files that were written to, made, moved or removed, by path.
        var files: Set<String> = []
        /// Whether more happened than could be told: look at everything.
        var isIncomplete = false
    }

    /// Becomes readable when something changed; nil where there is no such thing.
    let descriptor: Int32?
    private var folders: [Int32: String] = [:]
    private var numbers: [String: Int32] = [:]
    private var block: [UInt8] = []

    #if os(Linux)
        /// Listens, to no folder as yet.
        init() {
            let number = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
            descriptor = number < 0 ? nil : number
        }

        deinit { if let descriptor { close(descriptor) } }

        /// Listens to a folder; false when the system refuses (too many are watched, or it is not there).
        @discardableResult
        func add(_ folder: String) -> Bool {
            if numbers[folder] != nil { return true }
            guard let descriptor else { return false }
            let events =
                IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_CLOSE_WRITE
                | IN_ONLYDIR
            let number = unsafe inotify_add_watch(descriptor, folder, UInt32(events))
            guard number >= 0 else { return false }
            // The same folder under another name keeps its number: news come under the first name.
            if folders[number] == nil { folders[number] = folder }
            numbers[folder] = number
            return true
        }

        /// Takes what was heard since.
        func news() -> News {
            var news = News()
            guard let descriptor else { return news }
            if block.isEmpty { block = [UInt8](repeating: 0, count: 64 << 10) }
            while true {
                let got = unsafe block.withUnsafeMutableBytes { buffer in
                    // SAFETY: the kernel writes at most as many bytes as the buffer has.
                    unsafe read(descriptor, buffer.baseAddress, buffer.count)
                }
                guard got > 0 else { return news }
                take(got, &news)
            }
        }

        /// Reads events: number, mask, cookie and length of the name, four bytes each, then the name, filled up with NUL.
        private func take(_ count: Int, _ news: inout News) {
            var start = 0
            while start + 16 <= count {
                let number = Int32(bitPattern: word(start))
                let mask = word(start + 4)
                let end = start + 16 + Int(word(start + 12))
                guard end <= count else { return }
                if mask & UInt32(IN_Q_OVERFLOW) != 0 { news.isIncomplete = true }
                if mask & UInt32(IN_IGNORED) != 0 { forget(number) }
                if let folder = folders[number] {
                    let name = block[start + 16..<end].prefix { $0 != 0 }
                    if name.isEmpty {
                        news.isIncomplete = true
                    } else {
                        news.files.insert(FollowedLog.join(folder, String(decoding: name, as: UTF8.self)))
                    }
                }
                start = end
            }
        }

        private func word(_ start: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(block[start + $1]) << UInt32(8 * $1) }
        }

        /// The folder is gone; another may come in its place.
        private func forget(_ number: Int32) {
            folders[number] = nil
            for (folder, own) in numbers where own == number { numbers[folder] = nil }
        }
    #else
        init() { descriptor = nil }

        @discardableResult
        func add(_ folder: String) -> Bool { false }

        func news() -> News { News() }
    #endif
}

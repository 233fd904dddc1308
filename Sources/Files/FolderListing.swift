// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What stands in one folder.
///
/// The system's calls themselves: for thousands of small files Foundation's cost many times the reading.
public enum FolderListing {
    /// One name, and what the folder says it is.
    public struct Entry: Sendable {
        /// The name alone.
        public var name: String
        /// The system's `d_type`; `DT_UNKNOWN` where the file system does not say.
        public var type: UInt8
    }

    /// The entries of a folder but for `.` and `..`, in no order; nil, with `errno` set, when it cannot be read.
    public static func entries(of path: String) -> [Entry]? { unsafe read(opendir(path)) }

    /// The entries of an open folder; its descriptor is closed in any case.
    public static func entries(takingDescriptor descriptor: Int32) -> [Entry]? {
        guard let folder = unsafe fdopendir(descriptor) else {
            close(descriptor)
            return nil
        }
        return unsafe read(folder)
    }

    #if canImport(Glibc)
        private typealias Folder = OpaquePointer
    #else
        private typealias Folder = UnsafeMutablePointer<DIR>
    #endif

    @unsafe private static func read(_ folder: Folder?) -> [Entry]? {
        guard let folder = unsafe folder else { return nil }
        defer { unsafe closedir(folder) }
        var entries: [Entry] = []
        while let entry = unsafe readdir(folder) {
            // SAFETY: the system ends the name with NUL inside the entry, which lives until the next call.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { entries.append(Entry(name: name, type: unsafe entry.pointee.d_type)) }
        }
        return entries
    }
}

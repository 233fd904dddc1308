// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// An audit log in which everything differs from event to event: process, parent, user, program, arguments, host.
enum HostileAuditLog {
    /// Writes events until the file has at least `size` bytes; gives how many.
    static func write(to file: ScratchFile, size: Int) throws -> Int {
        var written = 0
        var event = 0
        while written < size {
            var text = ""
            for _ in 0..<500 {
                event += 1
                text += one(event)
            }
            let bytes = Array(text.utf8)
            try file.append(bytes)
            written += bytes.count
        }
        return event
    }

    private static func one(_ n: Int) -> String {
        let stamp = "msg=audit(\(1_700_000_000 + n / 100).\(100 + n % 100):\(n)):"
        return """
            node=host\(n % 5000) type=SYSCALL \(stamp) arch=c000003e syscall=59 success=yes exit=0 a0=1 a1=2 ppid=\(n) \
            pid=\(n + 1) auid=\(n) uid=\(n) gid=0 tty=pts0 ses=\(n) comm="p\(n)" exe="/usr/bin/p\(n)" key="k\(n)"
            node=host\(n % 5000) type=EXECVE \(stamp) argc=3 a0="python3" a1="-c" a2="import os; os.system('id \(n)')"
            node=host\(n % 5000) type=CWD \(stamp) cwd="/home/u\(n)"
            node=host\(n % 5000) type=EOE \(stamp)

            """
    }
}

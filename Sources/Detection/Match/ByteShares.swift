// SPDX-License-Identifier: Apache-2.0
import Bytes

/// How common bytes and short texts are in telemetry.
///
/// Guesses decide nothing but speed, so they may be rough. The shares are those of audit records and of Windows events as
/// JSON, counted together; the texts are what nearly all such records have in their keys and paths.
enum ByteShares {
    /// The share of a byte among all, in thousandths.
    private static let table: [Double] = {
        var table = [Double](repeating: 0.15, count: 256)
        func set(_ bytes: String, _ shares: Double...) {
            for (index, byte) in bytes.utf8.enumerated() { table[Int(byte)] = shares[min(index, shares.count - 1)] }
        }
        set("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3.5)
        set("0123456789", 60, 32, 30, 22, 20, 25, 24, 24, 16, 24)
        set(" =\"\\:/.,_-()", 45, 40, 35, 15, 18, 11, 10, 10, 8, 6, 5, 5)
        set("eadistonrcpmu", 48, 38, 36, 36, 32, 28, 26, 26, 25, 24, 20, 18, 18)
        set("lfygbhvxwkzjq", 15, 15, 12, 11, 8, 8, 6, 6, 5, 3, 2, 2, 1)
        return table
    }()

    /// The share of places at which a byte stands, from 0 to 1.
    static func share(_ byte: UInt8) -> Double { table[Int(byte)] / 1000 }

    /// The share of places at which a folded text begins, from 0 to 1, whatever the case of its letters.
    static func share(ofText text: ArraySlice<UInt8>) -> Double {
        var product = 1.0
        for byte in text { product *= SubstringPrefilter.forms(byte).reduce(0) { $0 + share($1) } }
        return text.count == 4 && commonGrams.contains(gram(text)) ? max(product, 1.0 / 250) : product
    }

    private static func gram(_ text: ArraySlice<UInt8>) -> UInt32 { text.reversed().reduce(0) { $0 << 8 | UInt32($1) } }

    private static let commonGrams: Set<UInt32> = {
        var grams = Set<UInt32>()
        for text in common {
            let bytes = Array(text.utf8)
            for place in 0...bytes.count - 4 { grams.insert(gram(bytes[place..<place + 4])) }
        }
        return grams
    }()

    private static let common = [
        "type=syscall msg=audit( arch=c000003e syscall= success=yes exit= items=2 ppid= pid= auid= uid=0 gid=0 euid= ",
        "suid= fsuid= egid= sgid= fsgid= tty=pts ses= comm=\"bash\" exe=\"/usr/bin/ key= subj=unconfined type=path item=",
        "type=execve argc=3 a0=\"/bin/sh\" a1=\"-c\" type=cwd cwd=\"/home/root\" type=proctitle proctitle= type=sockaddr saddr=",
        "name=\"/etc/passwd\" inode= dev=fe:00 mode=0100755 ouid= ogid= rdev=00:00 nametype=normal cap_fp=0 cap_fe=0",
        "/usr/bin/bash /usr/sbin/ /usr/lib/ /usr/local/ /lib64/ld-linux-x86-64.so.2 /var/log/ /var/lib/ /tmp/ /dev/null /proc/",
        "python3 http:// https:// chmod exec root echo user login session grantors=pam acct= op= hostname= addr= terminal= res=",
        "c:\\windows\\system32\\cmd.exe /c c:\\windows\\system32\\svchost.exe -k c:\\program files (x86)\\microsoft c:\\users\\",
        "\"channel\":\"security\" \"eventid\": \"computer\": \"processid\": \"provider\" \"systemtime\" microsoft-windows-sysmon",
    ]
}

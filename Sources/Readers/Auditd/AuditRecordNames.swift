// SPDX-License-Identifier: Apache-2.0
import Bytes

/// Names of record kinds by number and back.
struct AuditRecordNames: Sendable {
    /// The one table there is.
    static let shared = AuditRecordNames()

    private var names: [UInt8] = []
    private var entries: [(number: UInt16, name: Range<Int>)] = []
    /// Numbers by the hash of their name, sorted.
    private var hashes: [(hash: UInt64, entry: Int)] = []

    private init() {
        var number: UInt16 = 0
        for token in Self.data.split(separator: " ") {
            if let named = UInt16(token) {
                number = named
                continue
            }
            entries.append((number, names.count..<names.count + token.utf8.count))
            names.append(contentsOf: token.utf8)
            number += 1
        }
        for (index, entry) in entries.enumerated() {
            hashes.append((hashBytes(names.span.extracting(entry.name)), index))
        }
        hashes.sort { $0.hash < $1.hash }
    }

    /// The kind with a name; `unknown` when none has it.
    func type(_ name: Span<UInt8>) -> AuditRecordType {
        let wanted = hashBytes(name)
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle].hash < wanted { low = middle + 1 } else { high = middle }
        }
        guard low < hashes.count, hashes[low].hash == wanted else { return .unknown }
        let entry = entries[hashes[low].entry]
        return equalBytes(names.span.extracting(entry.name), name) ? AuditRecordType(rawValue: entry.number) : .unknown
    }

    /// Copies the name of a kind; nil when it has none.
    func store(_ type: AuditRecordType, in text: AuditText) -> Range<Int>? {
        for entry in entries where entry.number == type.rawValue {
            return text.store(names.span.extracting(entry.name))
        }
        return nil
    }

    /// Names in the order of their numbers; a number sets that of the next name.
    private static let data = """
        1000 GET SET LIST ADD DEL USER LOGIN WATCH_INS WATCH_REM WATCH_LIST SIGNAL_INFO ADD_RULE DEL_RULE LIST_RULES TRIM \
        MAKE_EQUIV TTY_GET TTY_SET SET_FEATURE GET_FEATURE \
        1100 USER_AUTH USER_ACCT USER_MGMT CRED_ACQ CRED_DISP USER_START USER_END USER_AVC USER_CHAUTHTOK USER_ERR \
        CRED_REFR USYS_CONFIG USER_LOGIN USER_LOGOUT ADD_USER DEL_USER ADD_GROUP DEL_GROUP DAC_CHECK CHGRP_ID TEST \
        TRUSTED_APP USER_SELINUX_ERR USER_CMD USER_TTY CHUSER_ID GRP_AUTH SYSTEM_BOOT SYSTEM_SHUTDOWN SYSTEM_RUNLEVEL \
        SERVICE_START SERVICE_STOP GRP_MGMT GRP_CHAUTHTOK MAC_CHECK ACCT_LOCK ACCT_UNLOCK USER_DEVICE SOFTWARE_UPDATE \
        1200 DAEMON_START DAEMON_END DAEMON_ABORT DAEMON_CONFIG DAEMON_RECONFIG DAEMON_ROTATE DAEMON_RESUME DAEMON_ACCEPT \
        DAEMON_CLOSE DAEMON_ERR \
        1300 SYSCALL 1302 PATH IPC SOCKETCALL CONFIG_CHANGE SOCKADDR CWD 1309 EXECVE 1311 IPC_SET_PERM MQ_OPEN \
        MQ_SENDRECV MQ_NOTIFY MQ_GETSETATTR KERNEL_OTHER FD_PAIR OBJ_PID TTY EOE BPRM_FCAPS CAPSET MMAP NETFILTER_PKT \
        NETFILTER_CFG SECCOMP PROCTITLE FEATURE_CHANGE REPLACE KERN_MODULE FANOTIFY TIME_INJOFFSET TIME_ADJNTPVAL BPF \
        EVENT_LISTENER URINGOP OPENAT2 DM_CTRL DM_EVENT \
        1400 AVC SELINUX_ERR AVC_PATH MAC_POLICY_LOAD MAC_STATUS MAC_CONFIG_CHANGE MAC_UNLBL_ALLOW MAC_CIPSOV4_ADD \
        MAC_CIPSOV4_DEL MAC_MAP_ADD MAC_MAP_DEL MAC_IPSEC_ADDSA MAC_IPSEC_DELSA MAC_IPSEC_ADDSPD MAC_IPSEC_DELSPD \
        MAC_IPSEC_EVENT MAC_UNLBL_STCADD MAC_UNLBL_STCDEL MAC_CALIPSO_ADD MAC_CALIPSO_DEL IPE_ACCESS IPE_CONFIG_CHANGE \
        IPE_POLICY_LOAD LANDLOCK_ACCESS LANDLOCK_DOMAIN \
        1700 ANOM_PROMISCUOUS ANOM_ABEND ANOM_LINK ANOM_CREAT \
        1800 INTEGRITY_DATA INTEGRITY_METADATA INTEGRITY_STATUS INTEGRITY_HASH INTEGRITY_PCR INTEGRITY_RULE \
        INTEGRITY_EVM_XATTR INTEGRITY_POLICY_RULE \
        2000 KERNEL \
        2100 ANOM_LOGIN_FAILURES ANOM_LOGIN_TIME ANOM_LOGIN_SESSIONS ANOM_LOGIN_ACCT ANOM_LOGIN_LOCATION ANOM_MAX_DAC \
        ANOM_MAX_MAC ANOM_AMTU_FAIL ANOM_RBAC_FAIL ANOM_RBAC_INTEGRITY_FAIL ANOM_CRYPTO_FAIL ANOM_ACCESS_FS ANOM_EXEC \
        ANOM_MK_EXEC ANOM_ADD_ACCT ANOM_DEL_ACCT ANOM_MOD_ACCT ANOM_ROOT_TRANS ANOM_LOGIN_SERVICE \
        2400 CRYPTO_TEST_USER CRYPTO_PARAM_CHANGE_USER CRYPTO_LOGIN CRYPTO_LOGOUT CRYPTO_KEY_USER CRYPTO_FAILURE_USER \
        CRYPTO_REPLAY_USER CRYPTO_SESSION CRYPTO_IKE_SA CRYPTO_IPSEC_SA \
        2500 VIRT_CONTROL VIRT_RESOURCE VIRT_MACHINE_ID VIRT_INTEGRITY_CHECK VIRT_CREATE VIRT_DESTROY VIRT_MIGRATE_IN \
        VIRT_MIGRATE_OUT
        """
}

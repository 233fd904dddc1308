// SPDX-License-Identifier: Apache-2.0

extension WindowsTaxonomy {
    /// Sigma's services and the channels behind them; provider names where a record may lack the channel.
    static let channels: [(service: String, names: [String])] = [
        ("security", ["Security", "Microsoft-Windows-Security-Auditing"]),
        ("system", ["System", "Service Control Manager", "Microsoft-Windows-Eventlog"]),
        ("application", ["Application", "MsiInstaller", "Application Error", "Windows Error Reporting", "ESENT"]),
        ("sysmon", ["Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon"]),
        (
            "powershell",
            [
                "Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational",
                "Microsoft-Windows-PowerShell", "PowerShellCore",
            ]
        ),
        ("powershell-classic", ["Windows PowerShell", "PowerShell"]),
        ("taskscheduler", ["Microsoft-Windows-TaskScheduler/Operational"]),
        ("wmi", ["Microsoft-Windows-WMI-Activity/Operational"]),
        ("ntlm", ["Microsoft-Windows-NTLM/Operational"]),
        ("dhcp", ["Microsoft-Windows-DHCP-Server/Operational"]),
        ("dns-server", ["DNS Server"]),
        ("dns-server-audit", ["Microsoft-Windows-DNS-Server/Audit", "Microsoft-Windows-DNSServer/Audit"]),
        (
            "dns-server-analytic",
            ["Microsoft-Windows-DNS-Server/Analytical", "Microsoft-Windows-DNSServer/Analytical"]
        ),
        (
            "dns-client",
            ["Microsoft-Windows-DNS Client Events/Operational", "Microsoft-Windows-DNS-Client/Operational"]
        ),
        ("driver-framework", ["Microsoft-Windows-DriverFrameworks-UserMode/Operational"]),
        ("bits-client", ["Microsoft-Windows-Bits-Client/Operational"]),
        ("windefend", ["Microsoft-Windows-Windows Defender/Operational", "Microsoft-Windows-Windows Defender"]),
        ("firewall-as", ["Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"]),
        ("codeintegrity-operational", ["Microsoft-Windows-CodeIntegrity/Operational"]),
        ("appxdeployment-server", ["Microsoft-Windows-AppXDeploymentServer/Operational"]),
        ("appxpackaging-om", ["Microsoft-Windows-AppxPackaging/Operational"]),
        ("appmodel-runtime", ["Microsoft-Windows-AppModel-Runtime/Admin"]),
        (
            "applocker",
            [
                "Microsoft-Windows-AppLocker/MSI and Script", "Microsoft-Windows-AppLocker/EXE and DLL",
                "Microsoft-Windows-AppLocker/Packaged app-Deployment",
                "Microsoft-Windows-AppLocker/Packaged app-Execution",
            ]
        ),
        ("msexchange-management", ["MSExchange Management"]),
        ("printservice-admin", ["Microsoft-Windows-PrintService/Admin"]),
        ("printservice-operational", ["Microsoft-Windows-PrintService/Operational"]),
        ("smbclient-security", ["Microsoft-Windows-SmbClient/Security"]),
        ("smbclient-connectivity", ["Microsoft-Windows-SmbClient/Connectivity"]),
        ("smbserver-connectivity", ["Microsoft-Windows-SMBServer/Connectivity"]),
        (
            "terminalservices-localsessionmanager",
            ["Microsoft-Windows-TerminalServices-LocalSessionManager/Operational"]
        ),
        ("ldap", ["Microsoft-Windows-LDAP-Client/Debug"]),
        ("lsa-server", ["Microsoft-Windows-LSA/Operational"]),
        ("vhdmp", ["Microsoft-Windows-VHDMP/Operational"]),
        ("openssh", ["OpenSSH/Operational"]),
        (
            "security-mitigations",
            [
                "Microsoft-Windows-Security-Mitigations/Kernel Mode",
                "Microsoft-Windows-Security-Mitigations/User Mode",
                "Microsoft-Windows-Security-Mitigations/KernelMode",
                "Microsoft-Windows-Security-Mitigations/UserMode",
            ]
        ),
        ("diagnosis-scripted", ["Microsoft-Windows-Diagnosis-Scripted/Operational"]),
        ("shell-core", ["Microsoft-Windows-Shell-Core/Operational"]),
        (
            "certificateservicesclient-lifecycle-system",
            ["Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational"]
        ),
        ("capi2", ["Microsoft-Windows-CAPI2/Operational"]),
        ("bitlocker", ["Microsoft-Windows-BitLocker/BitLocker Management"]),
        (
            "application-experience",
            [
                "Microsoft-Windows-Application-Experience/Program-Telemetry",
                "Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant",
            ]
        ),
        (
            "kernel-shimengine",
            ["Microsoft-Windows-Kernel-ShimEngine/Operational", "Microsoft-Windows-Kernel-ShimEngine/Diagnostic"]
        ),
        (
            "kernel-event-tracing",
            ["Microsoft-Windows-Kernel-EventTracing", "Microsoft-Windows-Kernel-EventTracing/Admin"]
        ),
        ("ntfs", ["Microsoft-Windows-Ntfs/Operational"]),
        ("hyper-v-worker", ["Microsoft-Windows-Hyper-V-Worker", "Microsoft-Windows-Hyper-V-Worker-Admin"]),
        ("sense", ["Microsoft-Windows-SENSE/Operational"]),
        // SigmaHQ's mapping says servicebus-client, its rules say this.
        (
            "microsoft-servicebus-client",
            [
                "Microsoft-ServiceBus-Client", "Microsoft-ServiceBus-Client/Admin",
                "Microsoft-ServiceBus-Client/Operational",
            ]
        ),
        ("iis-configuration", ["Microsoft-IIS-Configuration/Operational"]),
        ("wdigest", ["Microsoft-Windows-Wdigest/Operational"]),
    ]

    /// Categories within a service, with their event ids.
    static let categories: [String: [(category: String, ids: [Int])]] = [
        "sysmon": [
            ("process_creation", [1]), ("file_change", [2]), ("network_connection", [3]), ("sysmon_status", [4, 16]),
            ("process_termination", [5]), ("driver_load", [6]), ("image_load", [7]), ("create_remote_thread", [8]),
            ("raw_access_thread", [9]), ("process_access", [10]), ("file_event", [11]),
            // Without a known EventType the umbrella is all that can be said.
            ("registry_event", [12]), ("registry_set", [13]), ("registry_rename", [14]),
            ("create_stream_hash", [15]), ("pipe_created", [17, 18]), ("wmi_event", [19, 20, 21]),
            ("dns_query", [22]), ("file_delete", [23]), ("clipboard_change", [24]), ("process_tampering", [25]),
            ("file_delete_detected", [26]), ("file_block_executable", [27]), ("file_block_shredding", [28]),
            ("file_executable_detected", [29]), ("sysmon_error", [255]),
        ],
        "powershell": [("ps_module", [4103]), ("ps_script", [4104])],
        "powershell-classic": [
            ("ps_classic_start", [400]), ("ps_classic_provider_start", [600]), ("ps_classic_script", [800]),
        ],
        "security": [
            ("process_creation", [4688]), ("process_termination", [4689]), ("network_connection", [5156]),
            ("registry_set", [4657]),
        ],
        // The ids with a threat name or path (Microsoft, "Review event logs and error codes to troubleshoot issues
        // with Microsoft Defender Antivirus").
        "windefend": [
            ("antivirus", [1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116])
        ],
    ]

    /// Sysmon's `EventType` of registry events (events 12, 13 and 14).
    static let registryTypes: [(type: StaticString, category: String)] = [
        ("CreateKey", "registry_add"), ("DeleteKey", "registry_delete"), ("DeleteValue", "registry_delete"),
        ("SetValue", "registry_set"), ("RenameKey", "registry_rename"), ("RenameValue", "registry_rename"),
    ]
}

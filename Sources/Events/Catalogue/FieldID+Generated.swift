// SPDX-License-Identifier: Apache-2.0
// Made by scripts/generate from fields.yml. Edit that file instead.

extension FieldID {
    /// Full path of the program the process runs.
    public static let image = FieldID(rawValue: 0)
    /// The whole command line; on Unix the arguments joined by one space, unquoted.
    public static let commandLine = FieldID(rawValue: 1)
    /// File name from the program's version resource (Windows).
    public static let originalFileName = FieldID(rawValue: 2)
    /// Working directory of the process.
    public static let currentDirectory = FieldID(rawValue: 3)
    /// Account the process or request runs as; a name where the source has one, else the numeric id.
    public static let user = FieldID(rawValue: 4)
    /// Process id.
    public static let processId = FieldID(rawValue: 5)
    /// Identifier of the process that survives pid reuse.
    public static let processGuid = FieldID(rawValue: 6)
    /// Process id of the parent.
    public static let parentProcessId = FieldID(rawValue: 7)
    /// Identifier of the parent that survives pid reuse.
    public static let parentProcessGuid = FieldID(rawValue: 8)
    /// Full path of the parent's program.
    public static let parentImage = FieldID(rawValue: 9)
    /// Command line of the parent.
    public static let parentCommandLine = FieldID(rawValue: 10)
    /// Account the parent runs as.
    public static let parentUser = FieldID(rawValue: 11)
    /// Logon session (Windows logon id, Linux audit session or login uid).
    public static let logonId = FieldID(rawValue: 12)
    /// Identifier of the logon session.
    public static let logonGuid = FieldID(rawValue: 13)
    /// Terminal session the user logged on to.
    public static let terminalSessionId = FieldID(rawValue: 14)
    /// Integrity label of the process (Windows).
    public static let integrityLevel = FieldID(rawValue: 15)
    /// Hashes as `ALGORITHM=value` pairs separated by commas.
    public static let hashes = FieldID(rawValue: 16)
    /// MD5 of the file.
    public static let md5 = FieldID(rawValue: 17)
    /// SHA-1 of the file.
    public static let sha1 = FieldID(rawValue: 18)
    /// SHA-256 of the file.
    public static let sha256 = FieldID(rawValue: 19)
    /// Import hash of the program (Windows).
    public static let imphash = FieldID(rawValue: 20)
    /// Version from the file's resource.
    public static let fileVersion = FieldID(rawValue: 21)
    /// Description from the file's resource.
    public static let description = FieldID(rawValue: 22)
    /// Product from the file's resource.
    public static let product = FieldID(rawValue: 23)
    /// Company from the file's resource.
    public static let company = FieldID(rawValue: 24)
    /// File that was created, written, renamed or deleted.
    public static let targetFilename = FieldID(rawValue: 25)
    /// File before a rename.
    public static let sourceFilename = FieldID(rawValue: 26)
    /// File an antivirus found something in.
    public static let filename = FieldID(rawValue: 27)
    /// Creation time of the file.
    public static let creationUtcTime = FieldID(rawValue: 28)
    /// Registry key or value concerned.
    public static let targetObject = FieldID(rawValue: 29)
    /// Data written to the registry value.
    public static let details = FieldID(rawValue: 30)
    /// New name of a registry key or value.
    public static let newName = FieldID(rawValue: 31)
    /// Kind of registry, pipe or WMI operation.
    public static let eventType = FieldID(rawValue: 32)
    /// Library or driver that was loaded.
    public static let imageLoaded = FieldID(rawValue: 33)
    /// Whether the loaded image is signed.
    public static let signed = FieldID(rawValue: 34)
    /// Signer of the loaded image.
    public static let signature = FieldID(rawValue: 35)
    /// Outcome of the signature check.
    public static let signatureStatus = FieldID(rawValue: 36)
    /// Program that acts on another process.
    public static let sourceImage = FieldID(rawValue: 37)
    /// Program acted upon.
    public static let targetImage = FieldID(rawValue: 38)
    /// Process id that acts on another.
    public static let sourceProcessId = FieldID(rawValue: 39)
    /// Process id acted upon.
    public static let targetProcessId = FieldID(rawValue: 40)
    /// Access mask granted on the target process.
    public static let grantedAccess = FieldID(rawValue: 41)
    /// Stack of the call that opened the process.
    public static let callTrace = FieldID(rawValue: 42)
    /// Address of a remote thread.
    public static let startAddress = FieldID(rawValue: 43)
    /// Module of a remote thread's start address.
    public static let startModule = FieldID(rawValue: 44)
    /// Function of a remote thread's start address.
    public static let startFunction = FieldID(rawValue: 45)
    /// Named pipe.
    public static let pipeName = FieldID(rawValue: 46)
    /// Name asked of the DNS.
    public static let queryName = FieldID(rawValue: 47)
    /// Answer of the DNS.
    public static let queryResults = FieldID(rawValue: 48)
    /// Status of the DNS query.
    public static let queryStatus = FieldID(rawValue: 49)
    /// Address connected to.
    public static let destinationIp = FieldID(rawValue: 50)
    /// Port connected to.
    public static let destinationPort = FieldID(rawValue: 51)
    /// Host name connected to; kernel telemetry never has it.
    public static let destinationHostname = FieldID(rawValue: 52)
    /// Whether the destination is IPv6.
    public static let destinationIsIpv6 = FieldID(rawValue: 53)
    /// Address connected from.
    public static let sourceIp = FieldID(rawValue: 54)
    /// Port connected from.
    public static let sourcePort = FieldID(rawValue: 55)
    /// Host name connected from.
    public static let sourceHostname = FieldID(rawValue: 56)
    /// Transport protocol.
    public static let `protocol` = FieldID(rawValue: 57)
    /// Whether this host opened the connection.
    public static let initiated = FieldID(rawValue: 58)
    /// PowerShell script block.
    public static let scriptBlockText = FieldID(rawValue: 59)
    /// Identifier of the script block.
    public static let scriptBlockId = FieldID(rawValue: 60)
    /// Path of the script or object.
    public static let path = FieldID(rawValue: 61)
    /// PowerShell module payload.
    public static let payload = FieldID(rawValue: 62)
    /// PowerShell module context.
    public static let contextInfo = FieldID(rawValue: 63)
    /// Program hosting PowerShell.
    public static let hostApplication = FieldID(rawValue: 64)
    /// Unnamed event data.
    public static let data = FieldID(rawValue: 65)
    /// Provider of a Windows event.
    public static let providerName = FieldID(rawValue: 66)
    /// Event id.
    public static let eventID = FieldID(rawValue: 67)
    /// Windows event channel.
    public static let channel = FieldID(rawValue: 68)
    /// Host the event comes from.
    public static let computer = FieldID(rawValue: 69)
    /// Level of a Windows event.
    public static let level = FieldID(rawValue: 70)
    /// Task of a Windows event.
    public static let task = FieldID(rawValue: 71)
    /// Opcode of a Windows event.
    public static let opcode = FieldID(rawValue: 72)
    /// Keywords of a Windows event.
    public static let keywords = FieldID(rawValue: 73)
    /// Record number in the Windows event log.
    public static let recordNumber = FieldID(rawValue: 74)
    /// Time of the event as Sysmon writes it.
    public static let utcTime = FieldID(rawValue: 75)
    /// Sysmon configuration rule that let the event pass.
    public static let ruleName = FieldID(rawValue: 76)
    /// Service concerned.
    public static let serviceName = FieldID(rawValue: 77)
    /// Program of the service.
    public static let serviceFileName = FieldID(rawValue: 78)
    /// Program of the service as the control manager logs it.
    public static let imagePath = FieldID(rawValue: 79)
    /// Type of the service.
    public static let serviceType = FieldID(rawValue: 80)
    /// Start type of the service.
    public static let startType = FieldID(rawValue: 81)
    /// Account of the service.
    public static let accountName = FieldID(rawValue: 82)
    /// Account that acts.
    public static let subjectUserName = FieldID(rawValue: 83)
    /// Security id of the account that acts.
    public static let subjectUserSid = FieldID(rawValue: 84)
    /// Domain of the account that acts.
    public static let subjectDomainName = FieldID(rawValue: 85)
    /// Logon session of the account that acts.
    public static let subjectLogonId = FieldID(rawValue: 86)
    /// Account acted upon.
    public static let targetUserName = FieldID(rawValue: 87)
    /// Security id of the account acted upon.
    public static let targetUserSid = FieldID(rawValue: 88)
    /// Domain of the account acted upon.
    public static let targetDomainName = FieldID(rawValue: 89)
    /// Logon session of the account acted upon.
    public static let targetLogonId = FieldID(rawValue: 90)
    /// Type of the logon.
    public static let logonType = FieldID(rawValue: 91)
    /// Process that logged on.
    public static let logonProcessName = FieldID(rawValue: 92)
    /// Authentication package.
    public static let authenticationPackageName = FieldID(rawValue: 93)
    /// Workstation of the logon.
    public static let workstationName = FieldID(rawValue: 94)
    /// Address of the client.
    public static let ipAddress = FieldID(rawValue: 95)
    /// Port of the client.
    public static let ipPort = FieldID(rawValue: 96)
    /// Program that acts (Windows Security log).
    public static let processName = FieldID(rawValue: 97)
    /// Object accessed.
    public static let objectName = FieldID(rawValue: 98)
    /// Type of the object.
    public static let objectType = FieldID(rawValue: 99)
    /// Server of the object.
    public static let objectServer = FieldID(rawValue: 100)
    /// Registry value of the object.
    public static let objectValueName = FieldID(rawValue: 101)
    /// Access asked for.
    public static let accessMask = FieldID(rawValue: 102)
    /// Access asked for, as a list.
    public static let accessList = FieldID(rawValue: 103)
    /// Privileges used.
    public static let privilegeList = FieldID(rawValue: 104)
    /// Share accessed.
    public static let shareName = FieldID(rawValue: 105)
    /// File on the share.
    public static let relativeTargetName = FieldID(rawValue: 106)
    /// Scheduled task.
    public static let taskName = FieldID(rawValue: 107)
    /// Definition of the scheduled task.
    public static let taskContent = FieldID(rawValue: 108)
    /// Status code.
    public static let status = FieldID(rawValue: 109)
    /// Detail of the status code.
    public static let subStatus = FieldID(rawValue: 110)
    /// Why the logon failed.
    public static let failureReason = FieldID(rawValue: 111)
    /// Record type of an audit record.
    public static let type = FieldID(rawValue: 112)
    /// Architecture of the system call.
    public static let arch = FieldID(rawValue: 113)
    /// Number of the system call.
    public static let syscall = FieldID(rawValue: 114)
    /// Name of the system call (written by enriched logs, translated from number and architecture otherwise).
    public static let SYSCALL = FieldID(rawValue: 115)
    /// Whether the system call succeeded.
    public static let success = FieldID(rawValue: 116)
    /// Return value of the system call.
    public static let exit = FieldID(rawValue: 117)
    /// First argument: argv[0] in EXECVE, a hexadecimal register in SYSCALL.
    public static let a0 = FieldID(rawValue: 118)
    /// Second argument.
    public static let a1 = FieldID(rawValue: 119)
    /// Third argument.
    public static let a2 = FieldID(rawValue: 120)
    /// Fourth argument.
    public static let a3 = FieldID(rawValue: 121)
    /// Fifth argument.
    public static let a4 = FieldID(rawValue: 122)
    /// Sixth argument.
    public static let a5 = FieldID(rawValue: 123)
    /// Seventh argument.
    public static let a6 = FieldID(rawValue: 124)
    /// Eighth argument.
    public static let a7 = FieldID(rawValue: 125)
    /// Number of arguments.
    public static let argc = FieldID(rawValue: 126)
    /// Process id as recorded.
    public static let pid = FieldID(rawValue: 127)
    /// Parent process id as recorded.
    public static let ppid = FieldID(rawValue: 128)
    /// Login uid.
    public static let auid = FieldID(rawValue: 129)
    /// User id.
    public static let uid = FieldID(rawValue: 130)
    /// Group id.
    public static let gid = FieldID(rawValue: 131)
    /// Effective user id.
    public static let euid = FieldID(rawValue: 132)
    /// Saved user id.
    public static let suid = FieldID(rawValue: 133)
    /// File system user id.
    public static let fsuid = FieldID(rawValue: 134)
    /// Effective group id.
    public static let egid = FieldID(rawValue: 135)
    /// Saved group id.
    public static let sgid = FieldID(rawValue: 136)
    /// File system group id.
    public static let fsgid = FieldID(rawValue: 137)
    /// Name of the login uid (enriched logs).
    public static let AUID = FieldID(rawValue: 138)
    /// Name of the user id (enriched logs).
    public static let UID = FieldID(rawValue: 139)
    /// Name of the group id (enriched logs).
    public static let GID = FieldID(rawValue: 140)
    /// Name of the effective user id (enriched logs).
    public static let EUID = FieldID(rawValue: 141)
    /// Controlling terminal as recorded.
    public static let tty = FieldID(rawValue: 142)
    /// Audit session.
    public static let ses = FieldID(rawValue: 143)
    /// Command name the task carries; the task can change it.
    public static let comm = FieldID(rawValue: 144)
    /// Program of the task.
    public static let exe = FieldID(rawValue: 145)
    /// Key of the audit rule.
    public static let key = FieldID(rawValue: 146)
    /// Host that wrote the record.
    public static let node = FieldID(rawValue: 147)
    /// Path of a PATH record.
    public static let name = FieldID(rawValue: 148)
    /// Role of a PATH record.
    public static let nametype = FieldID(rawValue: 149)
    /// Working directory.
    public static let cwd = FieldID(rawValue: 150)
    /// Index of a PATH record.
    public static let item = FieldID(rawValue: 151)
    /// Mode of the file.
    public static let mode = FieldID(rawValue: 152)
    /// Inode of the file.
    public static let inode = FieldID(rawValue: 153)
    /// Device of the file.
    public static let dev = FieldID(rawValue: 154)
    /// Owner of the file.
    public static let ouid = FieldID(rawValue: 155)
    /// Group of the file.
    public static let ogid = FieldID(rawValue: 156)
    /// Command line as the process shows it, decoded.
    public static let proctitle = FieldID(rawValue: 157)
    /// Socket address, hexadecimal as recorded.
    public static let saddr = FieldID(rawValue: 158)
    /// Service unit.
    public static let unit = FieldID(rawValue: 159)
    /// Operation.
    public static let op = FieldID(rawValue: 160)
    /// Account.
    public static let acct = FieldID(rawValue: 161)
    /// Terminal.
    public static let terminal = FieldID(rawValue: 162)
    /// Remote host.
    public static let hostname = FieldID(rawValue: 163)
    /// Remote address.
    public static let addr = FieldID(rawValue: 164)
    /// Result.
    public static let res = FieldID(rawValue: 165)
    /// Message of a user-space record.
    public static let msg = FieldID(rawValue: 166)
    /// Host the event happened on.
    public static let hostName = FieldID(rawValue: 167)
    /// What happened, in the source's own word.
    public static let eventAction = FieldID(rawValue: 168)
    /// Kind of object it happened to.
    public static let eventCategory = FieldID(rawValue: 169)
    /// success, failure or unknown.
    public static let eventOutcome = FieldID(rawValue: 170)
    /// Text of an unstructured record.
    public static let message = FieldID(rawValue: 171)
    /// Controlling terminal of the process; `(none)` without one.
    public static let processTty = FieldID(rawValue: 172)
    /// Controlling terminal of the parent.
    public static let processParentTty = FieldID(rawValue: 173)
    /// Programs of the ancestors, nearest first.
    public static let processAncestors = FieldID(rawValue: 174)
    /// When the process was started.
    public static let processStartTime = FieldID(rawValue: 175)
    /// Exit code of the process.
    public static let processExitCode = FieldID(rawValue: 176)
    /// python.source of the parent.
    public static let processParentPythonSource = FieldID(rawValue: 177)
    /// python.code of the parent.
    public static let processParentPythonCode = FieldID(rawValue: 178)
    /// python.script of the parent.
    public static let processParentPythonScript = FieldID(rawValue: 179)
    /// python.module of the parent.
    public static let processParentPythonModule = FieldID(rawValue: 180)
    /// Where the interpreter takes its code: file, command, module, stdin, descriptor or interactive.
    public static let pythonSource = FieldID(rawValue: 181)
    /// The code that ran, followed by each decoded layer.
    public static let pythonCode = FieldID(rawValue: 182)
    /// Script the interpreter runs.
    public static let pythonScript = FieldID(rawValue: 183)
    /// Module run with -m.
    public static let pythonModule = FieldID(rawValue: 184)
    /// Interpreter options in force, such as -I, -S, -W.
    public static let pythonOptions = FieldID(rawValue: 185)
    /// How many layers of encoding were taken off python.code.
    public static let pythonLayers = FieldID(rawValue: 186)
    /// Identifier of the container.
    public static let containerId = FieldID(rawValue: 187)
    /// Name of the container.
    public static let containerName = FieldID(rawValue: 188)
    /// Runtime: docker, podman, containerd, cri-o, lxc.
    public static let containerRuntime = FieldID(rawValue: 189)
    /// Image as asked for, with its tag.
    public static let containerImageName = FieldID(rawValue: 190)
    /// Tag of the image; `latest` when none was given.
    public static let containerImageTag = FieldID(rawValue: 191)
    /// Digest or id of the image.
    public static let containerImageHash = FieldID(rawValue: 192)
    /// Labels as `key=value`.
    public static let containerLabels = FieldID(rawValue: 193)
    /// Whether the container was given all privileges.
    public static let containerPrivileged = FieldID(rawValue: 194)
    /// Host paths mounted into the container.
    public static let containerMountSource = FieldID(rawValue: 195)
    /// Where they are mounted.
    public static let containerMountDestination = FieldID(rawValue: 196)
    /// Network mode: bridge, host, none, container:ID.
    public static let containerNetworkMode = FieldID(rawValue: 197)
    /// Process namespace: empty for its own, host, container:ID.
    public static let containerPidMode = FieldID(rawValue: 198)
    /// IPC namespace.
    public static let containerIpcMode = FieldID(rawValue: 199)
    /// UTS namespace.
    public static let containerUtsMode = FieldID(rawValue: 200)
    /// User namespace.
    public static let containerUsernsMode = FieldID(rawValue: 201)
    /// Cgroup namespace.
    public static let containerCgroupnsMode = FieldID(rawValue: 202)
    /// Capabilities added to the default set, without the CAP_ prefix.
    public static let containerCapabilitiesAdded = FieldID(rawValue: 203)
    /// Capabilities taken from the default set, without the CAP_ prefix.
    public static let containerCapabilitiesDropped = FieldID(rawValue: 204)
    /// Security options, such as seccomp=unconfined.
    public static let containerSecurityOptions = FieldID(rawValue: 205)
    /// Host devices given to the container.
    public static let containerDevice = FieldID(rawValue: 206)
    /// User the container's first process runs as.
    public static let containerUser = FieldID(rawValue: 207)
    /// Entry point, joined by one space.
    public static let containerEntrypoint = FieldID(rawValue: 208)
    /// Command, joined by one space.
    public static let containerCommand = FieldID(rawValue: 209)
    /// Names of the environment variables set; never their values.
    public static let containerEnvironment = FieldID(rawValue: 210)
    /// Restart policy.
    public static let containerRestartPolicy = FieldID(rawValue: 211)
    /// Whether the container is removed when it ends.
    public static let containerAutoRemove = FieldID(rawValue: 212)
    /// Kubernetes namespace.
    public static let orchestratorNamespace = FieldID(rawValue: 213)
    /// Name of the Kubernetes object.
    public static let orchestratorResourceName = FieldID(rawValue: 214)
    /// Type of the Kubernetes object.
    public static let orchestratorResourceType = FieldID(rawValue: 215)
    /// Cluster.
    public static let orchestratorClusterName = FieldID(rawValue: 216)
    /// Verb of the API request.
    public static let verb = FieldID(rawValue: 217)
    /// URI of the API request.
    public static let requestURI = FieldID(rawValue: 218)
    /// User agent of the API request.
    public static let userAgent = FieldID(rawValue: 219)
    /// Stage of the audit event.
    public static let stage = FieldID(rawValue: 220)
    /// Identifier of the audit event.
    public static let auditID = FieldID(rawValue: 221)
    /// Addresses of the client.
    public static let sourceIPs = FieldID(rawValue: 222)
    /// Who asked.
    public static let userUsername = FieldID(rawValue: 223)
    /// Groups of who asked.
    public static let userGroups = FieldID(rawValue: 224)
    /// Resource type asked for.
    public static let objectRefResource = FieldID(rawValue: 225)
    /// Subresource asked for.
    public static let objectRefSubresource = FieldID(rawValue: 226)
    /// Namespace asked for.
    public static let objectRefNamespace = FieldID(rawValue: 227)
    /// Name asked for.
    public static let objectRefName = FieldID(rawValue: 228)
    /// API group asked for.
    public static let objectRefApiGroup = FieldID(rawValue: 229)
    /// API version asked for.
    public static let objectRefApiVersion = FieldID(rawValue: 230)
    /// Status of the answer.
    public static let responseStatusCode = FieldID(rawValue: 231)
    /// Host path of a volume in the request (derived; the shorthand public rules use).
    public static let hostPath = FieldID(rawValue: 232)
    /// Capabilities added in the request (derived; the shorthand public rules use).
    public static let capabilities = FieldID(rawValue: 233)
    /// API group of the object (derived; the shorthand public rules use).
    public static let apiGroup = FieldID(rawValue: 234)
}

extension FieldCatalogue {
    /// Names of the catalogued fields; a field's position is its `FieldID`.
    public static let names: [String] = [
        "Image",
        "CommandLine",
        "OriginalFileName",
        "CurrentDirectory",
        "User",
        "ProcessId",
        "ProcessGuid",
        "ParentProcessId",
        "ParentProcessGuid",
        "ParentImage",
        "ParentCommandLine",
        "ParentUser",
        "LogonId",
        "LogonGuid",
        "TerminalSessionId",
        "IntegrityLevel",
        "Hashes",
        "md5",
        "sha1",
        "sha256",
        "Imphash",
        "FileVersion",
        "Description",
        "Product",
        "Company",
        "TargetFilename",
        "SourceFilename",
        "Filename",
        "CreationUtcTime",
        "TargetObject",
        "Details",
        "NewName",
        "EventType",
        "ImageLoaded",
        "Signed",
        "Signature",
        "SignatureStatus",
        "SourceImage",
        "TargetImage",
        "SourceProcessId",
        "TargetProcessId",
        "GrantedAccess",
        "CallTrace",
        "StartAddress",
        "StartModule",
        "StartFunction",
        "PipeName",
        "QueryName",
        "QueryResults",
        "QueryStatus",
        "DestinationIp",
        "DestinationPort",
        "DestinationHostname",
        "DestinationIsIpv6",
        "SourceIp",
        "SourcePort",
        "SourceHostname",
        "Protocol",
        "Initiated",
        "ScriptBlockText",
        "ScriptBlockId",
        "Path",
        "Payload",
        "ContextInfo",
        "HostApplication",
        "Data",
        "Provider_Name",
        "EventID",
        "Channel",
        "Computer",
        "Level",
        "Task",
        "Opcode",
        "Keywords",
        "RecordNumber",
        "UtcTime",
        "RuleName",
        "ServiceName",
        "ServiceFileName",
        "ImagePath",
        "ServiceType",
        "StartType",
        "AccountName",
        "SubjectUserName",
        "SubjectUserSid",
        "SubjectDomainName",
        "SubjectLogonId",
        "TargetUserName",
        "TargetUserSid",
        "TargetDomainName",
        "TargetLogonId",
        "LogonType",
        "LogonProcessName",
        "AuthenticationPackageName",
        "WorkstationName",
        "IpAddress",
        "IpPort",
        "ProcessName",
        "ObjectName",
        "ObjectType",
        "ObjectServer",
        "ObjectValueName",
        "AccessMask",
        "AccessList",
        "PrivilegeList",
        "ShareName",
        "RelativeTargetName",
        "TaskName",
        "TaskContent",
        "Status",
        "SubStatus",
        "FailureReason",
        "type",
        "arch",
        "syscall",
        "SYSCALL",
        "success",
        "exit",
        "a0",
        "a1",
        "a2",
        "a3",
        "a4",
        "a5",
        "a6",
        "a7",
        "argc",
        "pid",
        "ppid",
        "auid",
        "uid",
        "gid",
        "euid",
        "suid",
        "fsuid",
        "egid",
        "sgid",
        "fsgid",
        "AUID",
        "UID",
        "GID",
        "EUID",
        "tty",
        "ses",
        "comm",
        "exe",
        "key",
        "node",
        "name",
        "nametype",
        "cwd",
        "item",
        "mode",
        "inode",
        "dev",
        "ouid",
        "ogid",
        "proctitle",
        "saddr",
        "unit",
        "op",
        "acct",
        "terminal",
        "hostname",
        "addr",
        "res",
        "msg",
        "host.name",
        "event.action",
        "event.category",
        "event.outcome",
        "message",
        "process.tty",
        "process.parent.tty",
        "process.ancestors",
        "process.start_time",
        "process.exit_code",
        "process.parent.python.source",
        "process.parent.python.code",
        "process.parent.python.script",
        "process.parent.python.module",
        "python.source",
        "python.code",
        "python.script",
        "python.module",
        "python.options",
        "python.layers",
        "container.id",
        "container.name",
        "container.runtime",
        "container.image.name",
        "container.image.tag",
        "container.image.hash",
        "container.labels",
        "container.privileged",
        "container.mount.source",
        "container.mount.destination",
        "container.network_mode",
        "container.pid_mode",
        "container.ipc_mode",
        "container.uts_mode",
        "container.userns_mode",
        "container.cgroupns_mode",
        "container.capabilities.added",
        "container.capabilities.dropped",
        "container.security_options",
        "container.device",
        "container.user",
        "container.entrypoint",
        "container.command",
        "container.environment",
        "container.restart_policy",
        "container.auto_remove",
        "orchestrator.namespace",
        "orchestrator.resource.name",
        "orchestrator.resource.type",
        "orchestrator.cluster.name",
        "verb",
        "requestURI",
        "userAgent",
        "stage",
        "auditID",
        "sourceIPs",
        "user.username",
        "user.groups",
        "objectRef.resource",
        "objectRef.subresource",
        "objectRef.namespace",
        "objectRef.name",
        "objectRef.apiGroup",
        "objectRef.apiVersion",
        "responseStatus.code",
        "hostPath",
        "capabilities",
        "apiGroup",
    ]
}

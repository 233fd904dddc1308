// SPDX-License-Identifier: Apache-2.0
import Events
import Readers
import Testing

@Suite struct JSONWindowsTests {
    private static let expected = [
        "EventID": "1", "Channel": "Microsoft-Windows-Sysmon/Operational", "Provider_Name": "Microsoft-Windows-Sysmon",
        "Computer": "host1", "Image": #"C:\a.exe"#, "CommandLine": "a -b",
    ]

    @Test(arguments: [
        #"{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Provider_Name":"Microsoft-Windows-Sysmon","Computer":"host1","Image":"C:\\a.exe","CommandLine":"a -b"}"#,
        #"{"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon","Hostname":"host1","Image":"C:\\a.exe","CommandLine":"a -b"}"#,
        ##"{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":1,"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"host1"},"EventData":{"Image":"C:\\a.exe","CommandLine":"a -b"}}}"##,
        ##"{"Event":{"System":{"Provider":{"@Name":"Microsoft-Windows-Sysmon"},"EventID":{"#text":1,"@Qualifiers":""},"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"host1"},"EventData":{"Data":[{"@Name":"Image","#text":"C:\\a.exe"},{"#text":"a -b","@Name":"CommandLine"}]}}}"##,
        #"{"Event":{"System":{"Provider_attributes":{"Name":"Microsoft-Windows-Sysmon"},"EventID":"1","Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"host1"},"UserData":{"Wrapped":{"Image":"C:\\a.exe","CommandLine":"a -b"}}}}"#,
        #"{"System":{"Provider":{"Name":"Microsoft-Windows-Sysmon"},"EventID":{"Value":1},"Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"host1"},"EventData":{"Image":"C:\\a.exe","CommandLine":"a -b"}}"#,
        #"{"Provider":"Microsoft-Windows-Sysmon","Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"host1","EventID":1,"EventData":"{\"Image\":\"C:\\\\a.exe\",\"CommandLine\":\"a -b\"}"}"#,
        #"{"Provider":"Microsoft-Windows-Sysmon","Channel":"Microsoft-Windows-Sysmon/Operational","Computer":"host1","EventID":1,"EventData":"<DataItem><EventData><Data Name=\"Image\">C:\\a.exe</Data><Data Name='CommandLine'>a&#x20;&#45;b</Data><Data Name=\"x\"/></EventData></DataItem>"}"#,
        #"{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","provider_name":"Microsoft-Windows-Sysmon","event_id":1,"computer_name":"host1","event_data":{"Image":"C:\\a.exe"}},"process":{"args":["a","-b"],"executable":"C:\\other.exe"}}"#,
    ])
    func `every exporter's shape gives the same event`(text: String) throws {
        let event = try #require(JSONReading(text).events.first)
        #expect(event.source == "windows/process_creation/sysmon")
        for (name, value) in Self.expected { #expect(event[name] == value, "\(name)") }
    }

    @Test func `unnamed event data is Data`() throws {
        for data in [#"{"Data":["x","y"]}"#, ##"{"Data":{"#text":["x","y"]}}"##] {
            let event = try #require(
                JSONReading(
                    #"{"Event":{"System":{"Provider":{"@Name":"PowerShell"},"EventID":400,"Channel":"Windows PowerShell"},"EventData":\#(data)}}"#
                ).events.first)
            #expect(event.source == "windows/ps_classic_start/powershell-classic")
            #expect(event.fields["Data"] == ["x", "y"])
        }
    }

    @Test func `hashes are taken apart`() throws {
        let event = try #require(
            JSONReading(
                #"{"EventID":7,"Channel":"Microsoft-Windows-Sysmon/Operational","Hashes":"SHA1=A,MD5=B,SHA256=C,IMPHASH=D"}"#
            ).events.first)
        #expect(event["sha1"] == "A" && event["md5"] == "B" && event["sha256"] == "C" && event["Imphash"] == "D")
        #expect(event["Hashes"] == "SHA1=A,MD5=B,SHA256=C,IMPHASH=D")
    }

    @Test func `a created process of the Security log has Sigma's names`() throws {
        let event = try #require(
            JSONReading(
                #"{"EventID":4688,"Channel":"Security","NewProcessName":"C:\\n.exe","NewProcessId":"0x1f4","ProcessId":"0x10","ParentProcessName":"C:\\p.exe","SubjectUserName":"u","CommandLine":"n","MandatoryLabel":"S-1-16-12288"}"#
            ).events.first)
        #expect(event.source == "windows/process_creation/security")
        #expect(event["Image"] == #"C:\n.exe"# && event["ParentImage"] == #"C:\p.exe"# && event["User"] == "u")
        #expect(event["ProcessId"] == "500" && event["ParentProcessId"] == "16")
        #expect(event["NewProcessName"] == #"C:\n.exe"# && event["NewProcessId"] == "0x1f4")
        #expect(event["IntegrityLevel"] == "High")
    }

    @Test func `a connection of the filtering platform has Sigma's names`() throws {
        let event = try #require(
            JSONReading(
                #"{"EventID":5156,"Channel":"Security","Application":"\\device\\a.exe","SourceAddress":"1.2.3.4","DestAddress":"5.6.7.8","DestPort":"443","Direction":"%%14593","Protocol":6,"ProcessID":"77"}"#
            ).events.first)
        #expect(event.source == "windows/network_connection/security")
        #expect(event["DestinationIp"] == "5.6.7.8" && event["DestinationPort"] == "443")
        #expect(event["Initiated"] == "true" && event["ProcessId"] == "77")
        #expect(event.fields["Protocol"] == ["6", "tcp"])
    }

    @Test(arguments: [("%%1905", "registry_set"), ("%%1906", "registry_delete")])
    func `a registry value of the Security log is named as Sysmon names it`(operation: String, category: String) throws
    {
        let event = try #require(
            JSONReading(
                #"{"EventID":4657,"Channel":"Security","ObjectName":"\\REGISTRY\\MACHINE\\SOFTWARE\\Run","ObjectValueName":"v","NewValue":"x","OperationType":"\#(operation)"}"#
            ).events.first)
        #expect(event.source == "windows/\(category)/security")
        #expect(event["TargetObject"] == #"HKLM\SOFTWARE\Run\v"# && event["Details"] == "x")
    }

    @Test func `a threat Defender found is an antivirus event`() throws {
        let event = try #require(
            JSONReading(
                ##"{"Event":{"System":{"EventID":1116,"Channel":"Microsoft-Windows-Windows Defender/Operational"},"EventData":{"Data":[{"@Name":"Threat Name","#text":"EICAR"}]}}}"##
            ).events.first)
        #expect(event.source == "windows/antivirus/windefend")
        #expect(event["ThreatName"] == "EICAR")
        #expect(event["Signature"] == "EICAR")
    }

    @Test(arguments: [
        ("Microsoft-Windows-Sysmon/Operational", 3, "", "windows/network_connection/sysmon"),
        ("Microsoft-Windows-Sysmon/Operational", 12, "CreateKey", "windows/registry_add/sysmon"),
        ("Microsoft-Windows-Sysmon/Operational", 12, "DeleteValue", "windows/registry_delete/sysmon"),
        ("Microsoft-Windows-Sysmon/Operational", 12, "odd", "windows/registry_event/sysmon"),
        ("Microsoft-Windows-Sysmon/Operational", 13, "SetValue", "windows/registry_set/sysmon"),
        ("Microsoft-Windows-Sysmon/Operational", 14, "RenameKey", "windows/registry_rename/sysmon"),
        ("Microsoft-Windows-Sysmon/Operational", 29, "", "windows/file_executable_detected/sysmon"),
        ("Microsoft-Windows-Sysmon/Operational", 255, "", "windows/sysmon_error/sysmon"),
        ("Linux-Sysmon/Operational", 1, "", "linux/process_creation/sysmon"),
        ("Linux-Sysmon/Operational", 999, "", "linux/-/sysmon"),
        ("Microsoft-Windows-PowerShell/Operational", 4104, "", "windows/ps_script/powershell"),
        ("powershellcore/operational", 4103, "", "windows/ps_module/powershell"),
        ("SECURITY", 4624, "", "windows/-/security"),
        ("Microsoft-Windows-AppLocker/EXE and DLL", 8004, "", "windows/-/applocker"),
        ("Microsoft-Windows-SMBServer/Connectivity", 4000, "", "windows/-/smbserver-connectivity"),
        ("Something else", 1, "", "windows/-/-"),
    ])
    func `the channel and id give the log source`(channel: String, id: Int, type: String, source: String) throws {
        let vocabulary = Vocabulary()
        let found = WindowsTaxonomy(vocabulary).source(
            channel: Array(channel.utf8).span, provider: [UInt8]().span, eventID: Int64(id),
            eventType: Array(type.utf8).span)
        #expect(vocabulary.source(of: found).description == source)
    }
}

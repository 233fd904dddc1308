# SPDX-License-Identifier: Apache-2.0
"""Copies of recorded lines in which time goes on: what differs from one hour of a host to the next differs here, too.

A plain repetition flatters every memory of values. So each line is taken apart once, and each copy of it gets later
times and serial numbers, other process ids, sessions, inodes, addresses, identifiers and folders of users.
"""

import datetime
import re

# How far a copy is from the one before.
SECONDS = 5400
PIDS = 6007
MOST_PIDS = 4_000_000


def pid(value, copy):
    """A process id of a copy; the first few belong to the system and stay."""
    return value if value <= 2 else 3 + (value + copy * PIDS) % MOST_PIDS


FOLDERS = re.compile(rb"/home/[a-z][\w-]*|/tmp(?=/[\w.])")


def folders(text, copy):
    return FOLDERS.sub(lambda found: found[0] + (b"/r%d" if found[0] == b"/tmp" else b"%d") % copy, text)


class Line:
    """A line as the texts between its variable parts, and a function of the copy for each of these."""

    def __init__(self, text, pattern, part):
        self.fixed, self.parts = [], []
        end = 0
        for found in pattern.finditer(text):
            function = part(found, text)
            if function is None:
                continue
            self.fixed.append(text[end:found.start()])
            self.parts.append(function)
            end = found.end()
        self.last = text[end:]

    def write(self, copy, out):
        for fixed, part in zip(self.fixed, self.parts):
            out.append(fixed)
            out.append(part(copy))
        out.append(self.last)


def copies(lines, pattern, part, size, out):
    """Writes copies of lines until there are so many bytes."""
    taken = [Line(line, pattern, part) for line in lines]
    copy = written = 0
    while written < size:
        parts = []
        for line in taken:
            line.write(copy, parts)
        text = b"".join(parts)
        out.write(text)
        written += len(text)
        copy += 1


# Audit records.

AUDIT = re.compile(
    rb"audit\((?P<second>\d+)\.(?P<milli>\d+):(?P<serial>\d+)\)"
    rb"|(?<=[ '])(?P<name>p?pid|opid|oldpid|ses|inode|exit)=(?P<value>\d+)"
    rb"|(?<= )(?P<register>a[0-3])=(?P<address>[0-9a-f]{9,16})(?= )"
    rb"|=(?P<hex>(?:[0-9A-F]{2}){5,})(?=[\s\x1d']|$)"
    rb"|(?P<folder>/home/[a-z][\w-]*|/tmp(?=/[\w.]))")
FORKS = re.compile(rb" syscall=(?:5[678]|435) ")


def audit_part(serials):
    """What a part of an audit record is in another copy, given how many serial numbers one copy has."""

    def part(found, line):
        if found["serial"]:
            second, serial = int(found["second"]), int(found["serial"])
            return lambda copy: b"audit(%d.%s:%d)" % (
                second + copy * SECONDS, found["milli"], serial + copy * serials)
        if found["name"]:
            name, value = found["name"], int(found["value"])
            if name == b"exit" and not FORKS.search(line):
                return None
            if name == b"ses":
                return None if value == 4294967295 else lambda copy: b"ses=%d" % (value + copy)
            if name == b"inode":
                return lambda copy: b"inode=%d" % (value + copy * 7)
            return lambda copy: b"%s=%d" % (name, pid(value, copy))
        if found["address"]:
            value = int(found["address"], 16)
            return lambda copy: b"%s=%x" % (found["register"], value + copy * 4096 & (1 << 64) - 1)
        if found["hex"]:
            decoded = bytes.fromhex(found["hex"].decode())
            if not FOLDERS.search(decoded):
                return None
            return lambda copy: b"=" + folders(decoded, copy).hex().upper().encode()
        return lambda copy: folders(found[0] + b"/r", copy)[:-2]

    return part


def audit(sources, size, out):
    """Writes audit records: copies of recordings, one after the other."""
    lines = []
    for source in sources:
        with open(source, "rb") as recording:
            lines += recording.read().splitlines(keepends=True)
    serials = [int(found) for line in lines for found in re.findall(rb"audit\(\d+\.\d+:(\d+)\)", line)]
    copies(lines, AUDIT, audit_part(max(serials) - min(serials) + 1), size, out)


# Windows and Kubernetes events as JSON.

JSON = re.compile(
    rb"(?P<date>(?:19|20)\d\d-[01]\d-[0-3]\d)(?=[T ][0-2]\d:)"
    rb"|\"(?P<name>EventRecordID|\w*ProcessI[dD]|PID|resourceVersion)\":(?P<quote>\"?)(?P<value>0x[0-9a-f]+|\d+)"
    rb"|(?P<guid>[0-9A-Fa-f]{8})(?=-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})"
    rb"|(?P<user>[Cc]:\\\\[Uu]sers\\\\)(?=[A-Za-z])")
# Providers and kinds of events have identifiers of their own, which no copy may change.
KEPT = re.compile(rb"\"(?:Guid|SubcategoryGuid|ObjectGUID|PropertyGuid)\":\"\{?$")


def json_part(found, line):
    if found["date"]:
        day = datetime.date.fromisoformat(found["date"].decode()).toordinal()
        return lambda copy: datetime.date.fromordinal(day + copy).isoformat().encode()
    if found["name"]:
        name, quote, text = found["name"], found["quote"], found["value"]
        step = 4 if name != b"EventRecordID" else 100_003
        if text.startswith(b"0x"):
            value = int(text, 16)
            return lambda copy: b'"%s":%s0x%x' % (name, quote, value + copy * step)
        value = int(text)
        if value <= 4:
            return None
        return lambda copy: b'"%s":%s%d' % (name, quote, value + copy * step)
    if found["guid"]:
        if KEPT.search(line, max(0, found.start() - 40), found.start()):
            return None
        value = int(found["guid"], 16)
        return lambda copy: b"%08x" % (value + copy * 2654435761 & 0xFFFFFFFF)
    return lambda copy: b"%sr%d-" % (found["user"], copy)


def json_lines(sources, size, out):
    """Writes JSON lines: copies of files, one after the other."""
    lines = []
    for source in sources:
        with open(source, "rb") as events:
            lines += [line.rstrip(b"\n") + b"\n" for line in events]
    copies(lines, JSON, json_part, size, out)

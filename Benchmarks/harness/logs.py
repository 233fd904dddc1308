# SPDX-License-Identifier: Apache-2.0
"""Copies of Windows event logs in which time goes on, and the same logs as JSON.

Of the binary format ([MS-EVEN6], and libyal's description of EVTX) only what is changed must be known: the header of the
file, of each chunk of 64 KiB and of each record, and their checksums. Values in a record are found by what they are.
"""

import glob
import json
import os
import re
import shutil
import struct
import zlib

from harness.places import made

CHUNK = 65536
DAY = 864_000_000_000  # in units of FILETIME, 100 ns
MINUTE = 600_000_000
USERS = "Users\\".encode("utf-16-le")
NAME = re.compile(rb"(?:[A-Za-z0-9]\0){3,}")
PROCESS = re.compile(rb"0\0x\0(?:[0-9a-f]\0){3,8}(?![0-9a-f])")


def advanced(log, copy):
    """A log as it would have been some days later: other times, record numbers, process ids and folders of users."""
    log = bytearray(log)
    for start in range(4096, len(log) - CHUNK + 1, CHUNK):
        if log[start:start + 8] == b"ElfChnk\0":
            advance_chunk(memoryview(log)[start:start + CHUNK], copy)
    return bytes(log)


def advance_chunk(chunk, copy):
    end = min(struct.unpack_from("<I", chunk, 48)[0], CHUNK)
    numbers = copy * 100_003
    for field in (24, 32):
        struct.pack_into("<Q", chunk, field, struct.unpack_from("<Q", chunk, field)[0] + numbers)
    at = 512
    while at + 28 <= end and chunk[at:at + 4] == b"**\0\0":
        size = struct.unpack_from("<I", chunk, at + 4)[0]
        if size < 28 or at + size > end:
            break
        advance_record(chunk[at:at + size], copy, numbers)
        at += size
    struct.pack_into("<I", chunk, 52, zlib.crc32(chunk[512:end]))
    struct.pack_into("<I", chunk, 124, zlib.crc32(chunk[128:512], zlib.crc32(chunk[:120])))


def advance_record(record, copy, numbers):
    number, time = struct.unpack_from("<QQ", record, 8)
    struct.pack_into("<QQ", record, 8, number + numbers, time + copy * DAY)
    body = bytes(record[24:])
    # Times within a minute of the record's: as many equal bytes are hardly ever anything else. Some records have none.
    for top in {time >> 40, (time >> 40) + 1, (time >> 40) - 1} if time >> 56 else ():
        wanted = top.to_bytes(3, "little")
        at = body.find(wanted)
        while at >= 0:
            if at >= 5:
                value = struct.unpack_from("<Q", body, at - 5)[0]
                if abs(value - time) < MINUTE:
                    struct.pack_into("<Q", record, 24 + at - 5, value + copy * DAY)
            at = body.find(wanted, at + 1)
    if number > 4096:
        at = body.find(struct.pack("<Q", number))
        if at >= 0:
            struct.pack_into("<Q", record, 24 + at, number + numbers)
    # Digits of the same number of characters, for what surrounds them must stay where it is.
    at = body.find(USERS)
    while at >= 0:
        name = NAME.match(body, at + len(USERS))
        if name:
            last = 24 + at + len(USERS) + len(name[0]) - 4
            record[last:last + 4] = f"{copy % 100:02}".encode("utf-16-le")
        at = body.find(USERS, at + 1)
    for found in PROCESS.finditer(body):
        digits = found[0].decode("utf-16-le")[2:]
        value = (int(digits, 16) + 4 * copy) % 16 ** len(digits)
        record[24 + found.start() + 4:24 + found.end()] = f"{value:0{len(digits)}x}".encode("utf-16-le")


def folder(name, logs, copies):
    """A folder with so many copies of logs, each later than the one before."""

    def make(target):
        shutil.rmtree(target, ignore_errors=True)
        for copy in range(copies):
            os.makedirs(os.path.join(target, str(copy)))
            for number, log in enumerate(logs):
                with open(log, "rb") as source, open(os.path.join(target, str(copy), f"{number}.evtx"), "wb") as out:
                    out.write(advanced(source.read(), copy))

    return made(name, make)


def files(folder):
    return sorted(glob.glob(os.path.join(folder, "**", "*.evtx"), recursive=True))


def as_json(name, logs):
    """Logs as JSON lines, made by the independent reader; None where that is not installed."""
    try:
        from evtx import PyEvtxParser
    except ImportError:
        return None

    def make(target):
        with open(target, "w") as out:
            for log in logs:
                for record in PyEvtxParser(log).records_json():
                    value = json.loads(record["data"])
                    out.write(json.dumps(value, separators=(",", ":"), ensure_ascii=False) + "\n")

    return made(name, make)

#!/usr/bin/env python3
"""Makes the SQLite that goes with librancognition out of libe_sqlite3.so of the package SourceGear.sqlite3.

usage: own_sqlite.py LIBE_SQLITE3 RESULT
As it comes, the file has two faults for a library inside other people's processes, and two entries of its dynamic section mend them:
  - its calls of its own functions are bound to any other SQLite that the program is linked to, another version with other structures. DT_SYMBOLIC binds them within.
  - it uses functions of libm without saying so, and cannot be loaded where the program has not loaded libm for everybody. DT_NEEDED says so.
The name "libm.so.6" is written over that of _ITM_deregisterTMCloneTable, an optional function of gcc's that no SQLite needs. No byte of code or data changes."""

import os
import struct
import sys

DT_NULL, DT_NEEDED, DT_STRTAB, DT_SYMBOLIC = 0, 1, 5, 16
PT_LOAD, PT_DYNAMIC = 1, 2
SHT_DYNSYM = 11
WEAK_FROM_ELSEWHERE = (0x20, 0)  # binding and type, section
SPARE_NAME = b"_ITM_deregisterTMCloneTable"
MATHS = b"libm.so.6"


class Image:
    """An ELF image of 64 bits, little-endian."""

    def __init__(self, content):
        if content[:6] != b"\x7fELF\x02\x01":
            sys.exit("own_sqlite.py: not a little-endian ELF file of 64 bits")
        self.bytes = bytearray(content)
        table, sections = struct.unpack_from("<QQ", content, 32)
        size, count, section_size, section_count = struct.unpack_from("<HHHH", content, 54)
        self.segments = [struct.unpack_from("<IIQQQQQQ", content, table + i * size) for i in range(count)]
        self.sections = [struct.unpack_from("<IIQQQQIIQQ", content, sections + i * section_size) for i in range(section_count)]
        self.dynamic, self.spare = self._read_dynamic()
        tags = dict((tag, value) for _, tag, value in self.dynamic)
        self.strings = self._offset(tags[DT_STRTAB])

    def _read_dynamic(self):
        start, length = next((s[2], s[5]) for s in self.segments if s[0] == PT_DYNAMIC)
        entries = [(at, *struct.unpack_from("<QQ", self.bytes, at)) for at in range(start, start + length, 16)]
        end = next(i for i, entry in enumerate(entries) if entry[1] == DT_NULL)
        return entries[:end], [entry[0] for entry in entries[end:-1]]  # the last one must stay DT_NULL

    def _offset(self, address):
        return next(s[2] + address - s[3] for s in self.segments if s[0] == PT_LOAD and s[3] <= address < s[3] + s[5])

    def symbols(self):
        table = next(s for s in self.sections if s[1] == SHT_DYNSYM)
        return [struct.unpack_from("<IBBH", self.bytes, at) for at in range(table[4], table[4] + table[5], 24)]

    def add(self, tag, value):
        if not self.spare:
            sys.exit("own_sqlite.py: the dynamic section has no spare entry")
        struct.pack_into("<QQ", self.bytes, self.spare.pop(0), tag, value)


def name_maths(image):
    """Gives the place of the string "libm.so.6", which it makes."""
    place = image.bytes.find(b"\0" + SPARE_NAME + b"\0", image.strings) + 1 - image.strings
    users = [symbol for symbol in image.symbols() if place <= symbol[0] <= place + len(SPARE_NAME)]
    if [(users[0][1] & 0xF0, users[0][3])] != [WEAK_FROM_ELSEWHERE] or len(users) != 1:
        sys.exit(f"own_sqlite.py: {SPARE_NAME.decode()} is not the name of one optional symbol and of nothing else")
    at = image.strings + place
    image.bytes[at:at + len(SPARE_NAME)] = MATHS.ljust(len(SPARE_NAME), b"\0")
    return place


def main(source, result):
    with open(source, "rb") as file:
        image = Image(file.read())
    tags = [tag for _, tag, _ in image.dynamic]
    needed = [bytes(image.bytes[image.strings + value:]).split(b"\0", 1)[0] for _, tag, value in image.dynamic if tag == DT_NEEDED]
    if MATHS not in needed:
        image.add(DT_NEEDED, name_maths(image))
    if DT_SYMBOLIC not in tags:
        image.add(DT_SYMBOLIC, 0)
    with open(result + ".new", "wb") as file:
        file.write(image.bytes)
    os.chmod(result + ".new", 0o755)
    os.replace(result + ".new", result)


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])

#!/usr/bin/env python3
"""Makes a copy of librancognition need one more library, the way a later version may: proof that what lies beside is found.

usage: add_needed.py IMAGE
A spare entry of the dynamic section becomes DT_NEEDED. Its name must be a string that is there already: the tail of the soname, "rancognition.so.N"."""

import struct
import sys

DT_NULL, DT_NEEDED, DT_STRTAB, DT_SONAME = 0, 1, 5, 14
PT_LOAD, PT_DYNAMIC = 1, 2


def main(path):
    with open(path, "rb") as file:
        image = bytearray(file.read())
    if image[:6] != b"\x7fELF\x02\x01":
        sys.exit(f"{path}: not a little-endian ELF file of 64 bits")
    table, = struct.unpack_from("<Q", image, 32)
    size, count = struct.unpack_from("<HH", image, 54)
    segments = [struct.unpack_from("<IIQQQQQQ", image, table + i * size) for i in range(count)]
    dynamic, length = next((s[2], s[5]) for s in segments if s[0] == PT_DYNAMIC)
    entries = {}
    spare = None
    for at in range(dynamic, dynamic + length - 16, 16):
        tag, value = struct.unpack_from("<QQ", image, at)
        if tag == DT_NULL:
            spare = at
            break
        entries[tag] = value
    if spare is None:
        sys.exit(f"{path}: the dynamic section has no spare entry")
    strings = next(s[2] + entries[DT_STRTAB] - s[3] for s in segments if s[0] == PT_LOAD and s[3] <= entries[DT_STRTAB] < s[3] + s[5])
    name = entries[DT_SONAME] + len("lib")
    if not image.startswith(b"rancognition.so.", strings + name):
        sys.exit(f"{path}: its soname is not librancognition.so.N")
    struct.pack_into("<QQ", image, spare, DT_NEEDED, name)
    with open(path, "wb") as file:
        file.write(image)


if len(sys.argv) != 2:
    sys.exit(__doc__)
main(sys.argv[1])

"""Writes NuGet packages anew, so that the same contents are the same bytes: entries in order, one time stamp, no random names.

usage: repack_nuget.py SECONDS-SINCE-1970 PACKAGE...
"""

import os
import re
import sys
import time
import zipfile

CORE_PROPERTIES = "package/services/metadata/core-properties/core.psmdcp"


def repack(path, seconds):
    with zipfile.ZipFile(path) as old:
        contents = {entry.filename: old.read(entry) for entry in old.infolist()}
    (random_name,) = (name for name in contents if name.endswith(".psmdcp"))
    contents[CORE_PROPERTIES] = contents.pop(random_name)
    relations = contents["_rels/.rels"].replace(random_name.encode(), CORE_PROPERTIES.encode())
    numbers = iter(range(1, 1000))
    contents["_rels/.rels"] = re.sub(rb'Id="[^"]*"', lambda _: b'Id="R%d"' % next(numbers), relations)
    with zipfile.ZipFile(path + ".new", "w") as new:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(name, time.gmtime(seconds)[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            new.writestr(entry, contents[name], compresslevel=9)
    os.replace(path + ".new", path)


for package in sys.argv[2:]:
    repack(package, int(sys.argv[1]))

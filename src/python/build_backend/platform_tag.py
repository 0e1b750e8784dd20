"""The platform tag of a wheel, from what its libraries need: it says no more than what is true."""

import re
from typing import Iterable, Optional

from .elf import Needs

# Libraries that every manylinux system has (PEP 600 and the policies of auditwheel), as far as ours could ask for them.
_ALLOWED = re.compile(r"(libc|libm|libdl|librt|libpthread|libgcc_s|ld-linux-x86-64|ld-linux-aarch64)\.so\.\d+")
_GLIBC = re.compile(r"GLIBC_2\.(\d+)(?:\.\d+)?")
_GCC = re.compile(r"GCC_([34])\.\d+(?:\.\d+)?")
_MINOR_MIN = {"x86_64": 5, "aarch64": 17}  # no manylinux is older


def platform_tag(images: Iterable[Needs]) -> str:
    """manylinux_2_N_MACHINE, N being the newest glibc that is needed; linux_MACHINE when something else is needed as well."""
    minor: Optional[int] = None
    machines = set()
    portable = True
    for needs in images:
        machines.add(needs.machine)
        portable = portable and all(_ALLOWED.fullmatch(library) for library in needs.libraries)
        for versions in needs.versions.values():
            for version in versions:
                glibc = _GLIBC.fullmatch(version)
                if glibc:
                    minor = max(minor or 0, int(glibc.group(1)))
                elif not _GCC.fullmatch(version):
                    portable = False
    if len(machines) != 1:
        raise ValueError(f"images are for {len(machines)} kinds of machines: {', '.join(sorted(machines))}")
    machine = machines.pop()
    if not portable or minor is None:
        return f"linux_{machine}"
    return f"manylinux_2_{max(minor, _MINOR_MIN[machine])}_{machine}"

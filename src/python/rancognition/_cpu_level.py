"""Which of the library's images fits this machine. ctypes loads by full path, past glibc, so the folder that glibc would take is chosen here."""

import ctypes
import os
import sys
from typing import List, Optional

# Rows of __x86_get_cpuid_feature_leaf (glibc's <sys/platform/x86.h>): which CPUID leaf, register (a, b, c, d = 0..3), bits.
_LEAF_1, _LEAF_7, _LEAF_80000001 = 0, 1, 2
_EBX, _ECX = 1, 2
_NEEDS = {
    # x86-64-v2's SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT, then FMA, MOVBE, AVX, F16C; BMI1, AVX2, BMI2; LAHF, LZCNT
    "x86-64-v3": (
        (_LEAF_1, _ECX, (0, 9, 13, 19, 20, 23, 12, 22, 28, 29)),
        (_LEAF_7, _EBX, (3, 5, 8)),
        (_LEAF_80000001, _ECX, (0, 5)),
    ),
    # AVX-512 F, DQ, CD, BW, VL
    "x86-64-v4": ((_LEAF_7, _EBX, (16, 17, 28, 30, 31)),),
}


def levels() -> List[str]:
    """The glibc-hwcaps folders that glibc would search in this process, best first.

    glibc itself is asked: its answer counts what the operating system supports and what GLIBC_TUNABLES masks. One that does not
    answer (before 2.33, or another C library) does not search such folders either."""
    try:
        leaf = ctypes.CDLL(None).__x86_get_cpuid_feature_leaf if sys.platform == "linux" else None
    except (AttributeError, OSError):
        leaf = None
    if leaf is None:
        return []
    leaf.argtypes = [ctypes.c_uint32]
    leaf.restype = ctypes.POINTER(ctypes.c_uint32 * 8)  # four registers as CPUID has them, then four of what may be used
    found: List[str] = []
    for level, needs in _NEEDS.items():
        if not all(leaf(number).contents[4 + register] >> bit & 1 for number, register, bits in needs for bit in bits):
            break
        found.insert(0, level)
    return found


def best_in(folder: str, file_name: str) -> Optional[str]:
    """The path of the library's best image in a folder; None when there is none at all."""
    for place in [os.path.join(folder, "glibc-hwcaps", level) for level in levels()] + [folder]:
        path = os.path.join(place, file_name)
        if os.path.isfile(path):
            return path
    return None

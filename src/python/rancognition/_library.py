"""Finds and loads librancognition, once."""

import ctypes
import ctypes.util
import os
import sys
import threading
from typing import List, Optional, Tuple

from . import _cpu_level, _raw

_lock = threading.Lock()
_loaded: Optional[ctypes.CDLL] = None


def _file_name() -> str:
    if sys.platform == "win32":
        return "librancognition.dll"
    return "librancognition.dylib" if sys.platform == "darwin" else "librancognition.so"


def library_path() -> str:
    """The file that the library is taken from.

    That is RANCOGNITION_LIBRARY, which names exactly this file, or a folder; else this package's folder; else build/lib of the source
    tree that this package lies in; else what the system's loader finds. Of a folder's images (the file in it, those in glibc-hwcaps below
    it) it is the one that glibc would choose. Raises OSError, which tells what was tried, when there is none.
    """
    named = os.environ.get("RANCOGNITION_LIBRARY")
    if named and not os.path.isdir(named):
        return named
    package = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(os.path.dirname(package)))
    folders: List[str] = [named] if named else [package, os.path.join(root, "build", "lib")]
    for folder in folders:
        path = _cpu_level.best_in(folder, _file_name())
        if path:
            return path
    if named:
        raise OSError(f"RANCOGNITION_LIBRARY: there is no {_file_name()} in the folder {named}")
    found = ctypes.util.find_library("rancognition")
    if found:
        return found
    raise OSError(f"{_file_name()} was not found in {' or '.join(folders)}, nor does the system's loader know it. "
                  "Install the wheel or the library, build it (./build.sh build), or name the file or its folder in RANCOGNITION_LIBRARY")


def library() -> ctypes.CDLL:
    """The loaded library with typed functions."""
    global _loaded
    if _loaded is None:
        with _lock:
            if _loaded is None:
                _loaded = _load(library_path())
    return _loaded


def _load(path: str) -> ctypes.CDLL:
    hint = " (named by RANCOGNITION_LIBRARY)" if os.environ.get("RANCOGNITION_LIBRARY") else ""
    try:
        loaded = ctypes.CDLL(path)
    except OSError as error:
        raise OSError(f"{path}{hint} could not be loaded: {error}") from None
    version, abi = _identity(loaded)
    if abi is None:
        raise OSError(f"{path}{hint} is no RanCognition library: it has no function rancog_abi_version")
    if abi != _raw.RANCOG_ABI_VERSION:
        raise OSError(f"{path}{hint} is version {version} with ABI {abi}; this package, version {_raw.VERSION}, needs ABI {_raw.RANCOG_ABI_VERSION}")
    try:
        return _raw.declare(loaded)
    except AttributeError as error:
        raise OSError(f"{path}{hint} is version {version}, too old for this package, version {_raw.VERSION}: {error}") from None


def _identity(loaded: ctypes.CDLL) -> Tuple[str, Optional[int]]:
    """Version and ABI as the file tells them."""
    try:
        abi, text = loaded.rancog_abi_version, loaded.rancog_version_string
    except AttributeError:
        return "", None
    abi.restype, text.restype = ctypes.c_uint32, ctypes.c_char_p
    return (text() or b"").decode("utf-8", "replace"), abi()

"""Finds and loads librancognition, once."""

import ctypes
import ctypes.util
import os
import sys
import threading

from . import _cpu_level, _raw

_lock = threading.Lock()
_loaded = None


def _file_name():
    if sys.platform == "win32":
        return "librancognition.dll"
    return "librancognition.dylib" if sys.platform == "darwin" else "librancognition.so"


def library_path():
    """Where the library is taken from: RANCOGNITION_LIBRARY, which names exactly this file, or a folder; else this package's
    folder; else build/lib of the source tree that this package lies in; else what the system's loader finds. Of a folder's
    images (the file in it, those in glibc-hwcaps below it) the one that glibc would choose. Raises OSError when there is none."""
    named = os.environ.get("RANCOGNITION_LIBRARY")
    if named and not os.path.isdir(named):
        return named
    package = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(os.path.dirname(package)))
    for folder in [named] if named else [package, os.path.join(root, "build", "lib")]:
        path = _cpu_level.best_in(folder, _file_name())
        if path:
            return path
    if named:
        raise OSError(f"RANCOGNITION_LIBRARY: there is no {_file_name()} in the folder {named}")
    found = ctypes.util.find_library("rancognition")
    if found:
        return found
    raise OSError("librancognition was not found: build it, install it, or name its path in RANCOGNITION_LIBRARY")


def library():
    """The loaded library with typed functions."""
    global _loaded
    if _loaded is None:
        with _lock:
            if _loaded is None:
                path = library_path()
                loaded = ctypes.CDLL(path)
                try:
                    _raw.declare(loaded)
                except AttributeError as error:
                    raise OSError(f"{path} lacks a function of this package's version {_raw.VERSION}: {error}") from None
                found = loaded.rancog_abi_version()
                if found != _raw.RANCOG_ABI_VERSION:
                    raise OSError(f"{path} has ABI {found}, this package needs {_raw.RANCOG_ABI_VERSION}")
                _loaded = loaded
    return _loaded

"""Finds and loads librancognition, once."""

import ctypes
import ctypes.util
import os
import sys
import threading

from . import _raw

_lock = threading.Lock()
_loaded = None


def _file_name():
    if sys.platform == "win32":
        return "librancognition.dll"
    return "librancognition.dylib" if sys.platform == "darwin" else "librancognition.so"


def library_path():
    """Where the library is taken from: the path in RANCOGNITION_LIBRARY; else the copy inside this package; else build/lib
    of the source tree that this package lies in; else what the system's loader finds. Raises OSError when there is none."""
    named = os.environ.get("RANCOGNITION_LIBRARY")
    if named:
        return named
    package = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(os.path.dirname(package)))
    for path in (os.path.join(package, _file_name()), os.path.join(root, "build", "lib", _file_name())):
        if os.path.isfile(path):
            return path
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

"""Functions that need no handle."""

import json
from typing import Any, Dict

from ._call import plain, plain_buffer
from ._library import library
from ._text import text_of


def render_report(result: Any) -> str:
    """Any result of the library (a dict or list, or its JSON) as one self-contained HTML page.

    Ask for "include_timeline": True in the problem to get the charts.

    >>> import rancognition
    >>> problem = {"id": "p1", "network_id": "cell-7", "current_state": {"RRU.PrbTotDl": 65}}
    >>> with rancognition.Temporal() as core:
    ...     page = rancognition.render_report(core.expand_subjective_time_json(problem))
    >>> page[:15].lower()
    '<!doctype html>'
    """
    lib = library()
    text = text_of(result)
    return plain_buffer(lib, lib.rancog_report_render, text, len(text)).decode("utf-8")


def runtime_info() -> Dict[str, Any]:
    """What runs here: versions, CPU features, clock, bounds.

    >>> import rancognition
    >>> rancognition.runtime_info()["version"] == rancognition.version()
    True
    """
    found: Dict[str, Any] = json.loads(runtime_info_json())
    return found


def runtime_info_json() -> bytes:
    """The same as the JSON that the library wrote."""
    lib = library()
    return plain_buffer(lib, lib.rancog_runtime_info)


def version() -> str:
    """Version of the loaded library, "major.minor.patch"."""
    text: bytes = library().rancog_version_string()
    return text.decode("utf-8")


def nanotime() -> int:
    """The library's clock: nanoseconds since the Unix epoch, never going back, over all threads.

    >>> import rancognition
    >>> rancognition.nanotime() <= rancognition.nanotime()
    True
    """
    lib = library()
    now: int = plain(lib, lib.rancog_nanotime)
    return now


def buffers_outstanding() -> int:
    """Result buffers not yet released, over all threads and users of the library in this process: 0 when nothing leaks."""
    count: int = library().rancog_buffers_outstanding()
    return count

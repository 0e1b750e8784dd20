"""Python values as JSON text, and names as UTF-8."""

import json
import math
import os
from typing import Any


def text_of(value: Any) -> bytes:
    """JSON of a value; text and bytes are taken to be JSON already. NaN and infinities become null: JSON has none. Arrays become lists."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, str):
        return value.encode("utf-8")
    return json_of(value)


def json_of(value: Any) -> bytes:
    """JSON of a value, also of text: a JSON string."""
    try:
        text = json.dumps(value, allow_nan=False, separators=(",", ":"), default=_plain)
    except ValueError as error:
        if "ircular" in str(error):
            raise
        text = json.dumps(_finite(value), allow_nan=False, separators=(",", ":"), default=_plain)
    return text.encode("utf-8")


def name_of(value: Any, argument: str) -> bytes:
    """UTF-8 of a name."""
    if not isinstance(value, str):
        raise TypeError(f"{argument}: must be str, not {type(value).__name__}")
    return value.encode("utf-8")


def path_of(path: Any, argument: str) -> str:
    """Text of a path."""
    try:
        return os.fsdecode(path)
    except TypeError:
        raise TypeError(f"{argument}: must be str or a path, not {type(path).__name__}") from None


def _plain(value: Any) -> Any:
    """Arrays and numbers of NumPy, array.array, columns of pandas."""
    as_list = getattr(value, "tolist", None)
    if as_list is None:
        raise TypeError(f"{type(value).__name__} has no form in JSON")
    return as_list()


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    if hasattr(value, "tolist"):
        return _finite(value.tolist())
    return value

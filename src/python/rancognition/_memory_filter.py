"""What a search on arrays is given and gives: its filter as a struct, its hits as columns."""

import ctypes
import sys
from typing import Any, List, Optional

from . import _raw
from ._errors import InvalidArgument
from ._numbers import whole
from ._raw import rancog_filter, rancog_hit
from ._text import name_of, text_of

_BEYOND_ALL_TIMES = 2**63
_COLUMNS = (("id", "Q"), ("distance", "d"), ("time_ns", "Q"), ("reward", "d"))


def filter_of(conditions: Any, cell: Optional[str], from_ns: Optional[int], until_ns: Optional[int], min_reward: Optional[float],
              max_reward: Optional[float], success: Optional[bool]) -> Any:
    """A pointer to the struct, which holds its texts; None when there is no condition."""
    found = rancog_filter(struct_size=ctypes.sizeof(rancog_filter))
    if conditions is not None:
        text = text_of(conditions)
        found.json = text
        found.json_length = len(text)
    if cell is not None:
        name = name_of(cell, "cell")
        found.cell = name
        found.cell_length = len(name)
    if from_ns is not None or until_ns is not None:
        found.flags |= _raw.RANCOG_FILTER_TIME
        found.from_ns = 0 if from_ns is None else whole(from_ns, "from_ns")
        found.until_ns = _BEYOND_ALL_TIMES if until_ns is None else whole(until_ns, "until_ns")
    if min_reward is not None:
        found.flags |= _raw.RANCOG_FILTER_MIN_REWARD
        found.min_reward = min_reward
    if max_reward is not None:
        found.flags |= _raw.RANCOG_FILTER_MAX_REWARD
        found.max_reward = max_reward
    if success is not None:
        if success not in (True, False):
            raise InvalidArgument(f"success: {success!r}, must be True, False or None")
        found.flags |= _raw.RANCOG_FILTER_SUCCESS
        found.success = int(success)
    return ctypes.byref(found) if found.flags or conditions is not None or cell is not None else None


def hits_of(hits: "ctypes.Array[rancog_hit]", count: int, is_numpy: bool) -> List[Any]:
    """The columns id, distance, time and reward of the first hits: lists, or NumPy arrays."""
    stride, columns = ctypes.sizeof(rancog_hit) // 8, []
    memory = memoryview(hits).cast("B")
    for name, code in _COLUMNS:
        place = getattr(rancog_hit, name).offset // 8
        if is_numpy:
            columns.append(sys.modules["numpy"].frombuffer(memory, code)[place::stride][:count].copy())
        else:
            columns.append(memory.cast(code)[place::stride][:count].tolist())
    return columns
